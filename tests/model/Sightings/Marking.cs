namespace CrossBorderSoc.Tests.Model.Sightings;

/// <summary>Under which terms an owner said something. Recipients are written with their prefix, as in files.</summary>
public sealed record Marking(
    Tlp Tlp, Pap Pap, Attribution Attribution, IReadOnlyList<string> Recipients,
    DateTimeOffset? EmbargoUntil = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>DESIGN 3.1: "`named` by default for CLEAR and GREEN, `jurisdiction` otherwise".</summary>
    public static Attribution DefaultAttribution(Tlp tlp) =>
        tlp is Tlp.Clear or Tlp.Green ? Attribution.Named : Attribution.Jurisdiction;

    public bool NamesOrganisation(string organisation) =>
        Recipients.Any(one => Names(one, "organisation:", organisation));

    public bool NamesCommunity(string community) => Recipients.Any(one => Names(one, "community:", community));

    public bool NamesPerson(string person, string organisation) =>
        Recipients.Contains($"person:{person}@{organisation}");

    public bool NamesAnyCommunity => Recipients.Any(one => one.StartsWith("community:", StringComparison.Ordinal));

    /// <summary>Whether a text is a prefix and an identifier.</summary>
    public static bool Names(string text, string prefix, string id) =>
        text.Length == prefix.Length + id.Length
        && text.StartsWith(prefix, StringComparison.Ordinal) && text.EndsWith(id, StringComparison.Ordinal);

    /// <summary>
    /// Recipients in their one order: organisations, communities, persons, each by identifier (ordinal).
    /// </summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string> recipients) =>
    [
        .. recipients.Distinct()
            .OrderBy(recipient => Words.Place(RecipientKinds, recipient[..recipient.IndexOf(':')]))
            .ThenBy(recipient => recipient, StringComparer.Ordinal),
    ];

    private static readonly IReadOnlyList<string> RecipientKinds = ["organisation", "community", "person"];
}
