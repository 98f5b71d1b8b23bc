namespace CrossBorderSoc.Client;

/// <summary>Why one row of the input did not land: refused by this client before it was sent, or by the grid.</summary>
/// <param name="Line">Line in the input, from 1.</param>
/// <param name="SightingId">The producer's identifier as given; empty where the row could not be read so far.</param>
/// <param name="Field">Path of the offending field, such as <c>observables[3].value</c>; empty for the whole row.</param>
/// <param name="Reason">Machine-readable reason in UPPER_SNAKE_CASE.</param>
/// <param name="Message">One sentence for a person. Untrusted text: escape before printing.</param>
public sealed record Refusal(long Line, string SightingId, string Field, string Reason, string Message);
