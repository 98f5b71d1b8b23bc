namespace CrossBorderSoc.Tests.Model.Sightings;

/// <summary>Under which terms an owner said something. Recipients are written with their prefix, as in files.</summary>
public sealed record Marking(
    Tlp Tlp, Pap Pap, Attribution Attribution, IReadOnlyList<string> Recipients,
    DateTimeOffset? EmbargoUntil = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>DESIGN 3.1: "`named` by default for CLEAR and GREEN, `jurisdiction` otherwise".</summary>
    public static Attribution DefaultAttribution(Tlp tlp) =>
        tlp is Tlp.Clear or Tlp.Green ? Attribution.Named : Attribution.Jurisdiction;

    public bool NamesOrganisation(string organisation) => Recipients.Contains("organisation:" + organisation);

    public bool NamesCommunity(string community) => Recipients.Contains("community:" + community);

    public bool NamesPerson(string person, string organisation) => Recipients.Contains($"person:{person}@{organisation}");

    public bool NamesAnyCommunity => Recipients.Any(recipient => recipient.StartsWith("community:", StringComparison.Ordinal));
}
