using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// The door through which questions reach the actors of a home: only silos of a home compute its keys, so others call one of
/// its lanes with the value. Key: <see cref="ActorKeys.Lane"/>. Every answer is disclosed to the question's caller, as of its
/// instant. Throws <see cref="GridUnavailableException"/> when the home cannot answer.
/// </summary>
[Alias("IInquiry")]
public interface IInquiry : IGrainWithStringKey
{
    /// <summary>Most observables of one call.</summary>
    const int ObservablesPerCallMax = 256;

    /// <summary>Most observables whose changes are asked for by name.</summary>
    const int ChangesOfMax = 4_096;

    /// <summary>Most cursors of one call.</summary>
    const int CursorsPerCallMax = 1_024;

    /// <summary>This home's part of the caller's view of an indicator.</summary>
    [Alias("Indicator")]
    ValueTask<DisclosedIndicator> Indicator(Question question, Observable observable);

    /// <summary>The same without markings, neighbours, assets and files.</summary>
    [Alias("Summary")]
    ValueTask<DisclosedIndicator> Summary(Question question, Observable observable);

    /// <summary>This home's part of what decides about incidents in the caller's view, of each observable in turn.</summary>
    /// <param name="question">Who asks, as of when.</param>
    /// <param name="observables">At most <see cref="ObservablesPerCallMax"/>.</param>
    [Alias("Correlate")]
    ValueTask<ImmutableArray<DisclosedCorrelation>> Correlate(Question question, ImmutableArray<Observable> observables);

    /// <summary>Whether this home knows that the caller's view of an indicator holds anything, of each observable in turn. The hub and the
    /// caller's own home together know it of every indicator.</summary>
    /// <param name="question">Who asks, as of when.</param>
    /// <param name="observables">At most <see cref="ObservablesPerCallMax"/>.</param>
    [Alias("Presence")]
    ValueTask<ImmutableArray<DisclosedPresence>> Presence(Question question, ImmutableArray<Observable> observables);

    /// <summary>Where this home would look for what the caller may have seen last. The hub and the caller's own home together name
    /// everything that is visible to the caller but what assets join, of which a foreign home names its part.</summary>
    /// <param name="question">Who asks, as of when.</param>
    /// <param name="filter">Of what.</param>
    /// <param name="after">The place after which to begin; null for the beginning.</param>
    [Alias("LastSeen")]
    ValueTask<LastSeenPage> LastSeen(Question question, LastSeenFilter filter, LastSeenPlace? after);

    /// <summary>Of which observables the caller's view changed here. The hub and the caller's own home together know it of every indicator, but
    /// for what assets join at other homes: these tell that, and no more, and the hub says which are to be asked
    /// (<see cref="ChangePage.Elsewhere"/>).</summary>
    /// <param name="question">Who asks, as of when.</param>
    /// <param name="after">The place up to which the caller was told; null for that of now, up to which everything is listed and behind
    /// which nothing is told.</param>
    /// <param name="through">The position up to which to read: <see cref="ChangePage.End"/> of a page; null for the ledger's end.</param>
    /// <param name="only">Of which observables, at most <see cref="ChangesOfMax"/>; none for all.</param>
    [Alias("Changes")]
    ValueTask<ChangePage> Changes(Question question, ChangePlace? after, long? through, ImmutableArray<Observable> only);

    /// <summary>Comes back when this home's ledger has records behind a position, or at the next full second. Tells nothing.</summary>
    [Alias("WaitForRecords")]
    ValueTask WaitForRecords(Question question, long position);

    /// <summary>Seals the places of a caller's watches, each for its client to carry. Hub only.</summary>
    /// <param name="question">Who asks.</param>
    /// <param name="places">At most <see cref="CursorsPerCallMax"/>.</param>
    [Alias("SealCursors")]
    ValueTask<ImmutableArray<ReadOnlyMemory<byte>>> SealCursors(Question question, ImmutableArray<ReadOnlyMemory<byte>> places);

    /// <summary>The place that was sealed, or null for what was not. Hub only.</summary>
    [Alias("OpenCursor")]
    ValueTask<ReadOnlyMemory<byte>?> OpenCursor(Question question, ReadOnlyMemory<byte> cursor);

    /// <summary>The identifier of the incident that an observable of the caller's view names, and whether the hub finds it from then on,
    /// because it shows the caller something of the observable. Hub only.</summary>
    [Alias("NameIncident")]
    ValueTask<IncidentName> NameIncident(Question question, Observable observable);

    /// <summary>Keeps of which observable an identifier is, for <see cref="FindIncident"/> of this home, where it shows the caller something of
    /// the observable; whether so. What assets join is kept for the caller alone. Jurisdictions only.</summary>
    [Alias("KeepIncident")]
    ValueTask<bool> KeepIncident(Question question, string incidentId, Observable observable);

    /// <summary>The observable whose incident has an identifier; null where this home does not know it, or shows the caller nothing of
    /// the observable.</summary>
    [Alias("FindIncident")]
    ValueTask<Observable?> FindIncident(Question question, string incidentId);

    /// <summary>The caller's view of an asset; ask the home of the owner's jurisdiction.</summary>
    [Alias("Asset")]
    ValueTask<DisclosedAsset> Asset(Question question, AssetName asset);

    /// <summary>This home's part of the caller's view of a technique, or of a sector. Of a sector ask every jurisdiction, and never the hub,
    /// which is not to know that it is asked for.</summary>
    [Alias("Trend")]
    ValueTask<DisclosedTrend> Trend(Question question, TrendName name);

    /// <summary>A page of this home's evidence on an indicator, in <see cref="EvidenceOrder"/>. Jurisdictions only. Each page is a
    /// selection from all rows of the indicator, hence the patience.</summary>
    /// <param name="question">Who asks, as of when.</param>
    /// <param name="observable">The observable.</param>
    /// <param name="after"><see cref="EvidencePage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">Most sightings of the page, 1 to <see cref="Bounds.EvidenceSightingsMax"/>.</param>
    [Alias("Evidence"), ResponseTimeout("00:02:00")]
    ValueTask<EvidencePage> Evidence(Question question, Observable observable, EvidencePlace? after, int limit);
}

/// <summary>An incident's identifier.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="IsKept">Whether the hub finds it for the caller.</param>
[GenerateSerializer, Immutable, Alias("IncidentName")]
public readonly record struct IncidentName([property: Id(0)] string Id, [property: Id(1)] bool IsKept)
{
    /// <summary>Not the identifier: what is printed may be logged.</summary>
    public override string ToString() => "(incident)";
}

/// <summary>What the owner's home answers about an asset.</summary>
/// <param name="View">The view; empty when nothing is visible.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("DisclosedAsset")]
public sealed record DisclosedAsset([property: Id(0)] AssetView View, [property: Id(1)] int PolicyVersion);

/// <summary>A page of disclosed sightings: at most <see cref="Bounds.EvidencePageBytesMax"/> bytes, and at least one sighting if there
/// is one.</summary>
/// <param name="Sightings">What the caller may see, in its form and in <see cref="EvidenceOrder"/>.</param>
/// <param name="Next">Where the next page starts; null at the end.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("EvidencePage")]
public sealed record EvidencePage(
    [property: Id(0)] ImmutableArray<DisclosedSighting> Sightings, [property: Id(1)] EvidencePlace? Next,
    [property: Id(2)] int PolicyVersion);

/// <summary>A place in the order of evidence, named by what the caller has been given and by nothing else.</summary>
/// <param name="Last">The last sighting that was given.</param>
/// <param name="Given">How many sightings that look the same were given, itself included; at least 1.</param>
[GenerateSerializer, Immutable, Alias("EvidencePlace")]
public sealed record EvidencePlace([property: Id(0)] DisclosedSighting Last, [property: Id(1)] int Given);
