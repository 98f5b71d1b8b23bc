using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>How often and when, in the form disclosed. Adds commutatively.</summary>
/// <param name="Count">How often: the sum of the sightings' counts.</param>
/// <param name="FirstSeen">The earliest first-seen; Unix milliseconds UTC.</param>
/// <param name="LastSeen">The latest last-seen; Unix milliseconds UTC.</param>
/// <param name="Confidence">That of the newest statement by <paramref name="LastSeen"/>, the highest where several are equally new;
/// 0 to 100, 0: not said.</param>
[GenerateSerializer, Immutable, Alias("Tally")]
public readonly record struct Tally(
    [property: Id(0)] long Count, [property: Id(1)] long FirstSeen, [property: Id(2)] long LastSeen,
    [property: Id(3)] byte Confidence = 0)
{
    /// <summary>Both together.</summary>
    public Tally Plus(in Tally other) => new(
        Count + other.Count, Math.Min(FirstSeen, other.FirstSeen), Math.Max(LastSeen, other.LastSeen),
        LastSeen == other.LastSeen ? Math.Max(Confidence, other.Confidence)
            : LastSeen > other.LastSeen ? Confidence : other.Confidence);
}

/// <summary>The total of one jurisdiction's statements of one kind.</summary>
[GenerateSerializer, Immutable, Alias("JurisdictionTally")]
public readonly record struct JurisdictionTally(
    [property: Id(0)] string Jurisdiction, [property: Id(1)] SightingKind Kind, [property: Id(2)] Tally Tally);

/// <summary>The total of one source's statements of one kind.</summary>
/// <param name="Source">The owner's identifier where it is disclosed, else its jurisdiction.</param>
/// <param name="IsOrganisation">Whether <paramref name="Source"/> is an organisation.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Tally">The total.</param>
/// <param name="Jurisdiction">The source's jurisdiction when it said so; itself where it is one.</param>
[GenerateSerializer, Immutable, Alias("SourceTally")]
public readonly record struct SourceTally(
    [property: Id(0)] string Source, [property: Id(1)] bool IsOrganisation, [property: Id(2)] SightingKind Kind,
    [property: Id(3)] Tally Tally, [property: Id(4)] string Jurisdiction);

/// <summary>The total of all statements of one kind.</summary>
[GenerateSerializer, Immutable, Alias("KindTally")]
public readonly record struct KindTally([property: Id(0)] SightingKind Kind, [property: Id(1)] Tally Tally)
{
    /// <summary>The sum of totals by kind, sorted by kind.</summary>
    public static ImmutableArray<KindTally> Of(ImmutableArray<JurisdictionTally> tallies) =>
    [
        .. tallies.GroupBy(t => t.Kind).OrderBy(g => g.Key)
            .Select(g => new KindTally(g.Key, g.Select(t => t.Tally).Aggregate((a, b) => a.Plus(b)))),
    ];
}

/// <summary>The counts that entered at one hour.</summary>
/// <param name="Hour">The start of the hour in which the sightings were last seen; Unix milliseconds UTC.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Count">The sum of the sightings' counts.</param>
[GenerateSerializer, Immutable, Alias("HourCount")]
public readonly record struct HourCount(
    [property: Id(0)] long Hour, [property: Id(1)] SightingKind Kind, [property: Id(2)] long Count);
