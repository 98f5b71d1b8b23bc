using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Trends;

/// <summary>
/// What items add to techniques and sectors: counts and times, in compartments without what no rule asks for. Used by one thread.
/// </summary>
/// <param name="fragments">Where the fragments go.</param>
/// <param name="bytes">Where their bytes go.</param>
internal sealed class TrendFragments(List<PreparedFragment> fragments, ByteWriter bytes)
{
    private readonly Dictionary<Compartment, Compartment> _cut = [];

    /// <summary>Adds an item's.</summary>
    public void Add(int index, in SightingItem item, in SightingDetails details, Compartment compartment)
    {
        var (at, length) = (bytes.Length, 0);
        foreach (var subject in SubjectsOf(details))
        {
            if (length == 0) Fragment.WriteCounts(bytes, index, item, CutOf(compartment).Encoded);
            length = bytes.Length - at;
            fragments.Add(new(subject.Family, subject.Digest, at, length));
        }
    }

    /// <summary>The family of a kind of trend.</summary>
    public static SubjectFamily FamilyOf(TrendKind kind) =>
        kind == TrendKind.Technique ? SubjectFamily.Technique : SubjectFamily.Sector;

    /// <summary>The techniques, and the sector, that an item counts for.</summary>
    public static IEnumerable<SubjectName> SubjectsOf(SightingDetails details)
    {
        foreach (var technique in details.Techniques)
            yield return new(SubjectFamily.Technique, Digest.Of(TrendName.OfTechnique(technique)));
        if (details.Asset is { } asset && TrendName.OfSector(asset.Sector) is { } sector)
            yield return new(SubjectFamily.Sector, Digest.Of(sector));
    }

    // Owners may give each sighting an embargo or an expiry of its own. What of them decides is the hour; labels decide nothing.
    private Compartment CutOf(Compartment whole)
    {
        if (_cut.TryGetValue(whole, out var known)) return known;
        var marking = whole.Marking with
        {
            Pap = Pap.Clear,
            Attribution = Attribution.Jurisdiction,
            EmbargoUntil = whole.Marking.EmbargoUntil is { } opens ? Hours.Ceiling(opens) : null,
            ExpiresAt = whole.Marking.ExpiresAt is { } closes ? Hours.Floor(closes) : null,
        };
        return _cut[whole] = new(whole.Owner, whole.Jurisdiction, marking, whole.Kind, whole.AudienceEpoch, whole.Types);
    }
}
