using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Ndjson;

/// <summary>One line of an NDJSON file that is not blank: a sighting, or the reason why it is none.</summary>
/// <param name="Line">Line in the file, from 1, blank lines included.</param>
/// <param name="Owner">The organisation that says it; empty where the row does not name one.</param>
/// <param name="Sighting">The sighting, or null when <paramref name="Refusal"/> says why there is none.</param>
/// <param name="Refusal">Why the line is no sighting, or null.</param>
public readonly record struct NdjsonRow(long Line, string Owner, Sighting? Sighting, Refusal? Refusal);
