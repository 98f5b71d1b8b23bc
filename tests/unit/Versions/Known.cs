using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using static CrossBorderSoc.Tests.Unit.Versions.Examples;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>Examples of what actors know, and what their owner sees of it: they tell it in no other way.</summary>
internal static class Known
{
    private const long Day = 86_400_000;

    public static Compartmented<IndicatorTally> Indicator()
    {
        var known = new Compartmented<IndicatorTally>();
        known.Add(Inside, new()
        {
            Count = 4_000_000_000,
            FirstSeen = At - 5_000,
            LastSeen = At,
            Confidence = 83,
            Neighbours = [Domain],
            SameFile = [],
            Joined = [new(Contracts.Observables.ObservableType.Supplier, "siemens ag")],
            Techniques = ["T1071.001", "T1566"],
            AssetId = Examples.Asset.Id,
            Sector = "energy",
        });
        known.Add(Of(Clear, SightingKind.FalsePositive, Hash), new()
        {
            Count = 2,
            FirstSeen = At - 3 * Day,
            LastSeen = At - 2 * Day,
            Neighbours = [Hash],
            SameFile = [Hash],
        });
        known.Add(Of(Clear, SightingKind.Contribution, Domain), Statement.OfContribution(Id, At, Said, "seen in two states", [Domain]));
        return known;
    }

    public static Compartmented<AssetTally> Asset()
    {
        var known = new Compartmented<AssetTally>();
        known.Add(Inside, new()
        {
            Count = 3,
            FirstSeen = At - Day,
            LastSeen = At,
            Neighbours = [Address, Domain],
            Techniques = ["T1566"],
            Asset = Examples.Asset,
        });
        return known;
    }

    public static Compartmented<TrendTally> Trend()
    {
        var known = new Compartmented<TrendTally>();
        known.Add(Inside, new() { Count = 3, FirstSeen = At - Day, LastSeen = At });
        known.Add(Inside, new() { Count = 2, FirstSeen = At - 2 * Day, LastSeen = At - Day });
        return known;
    }

    /// <summary>All that the owner sees.</summary>
    public static object Seen<T>(Compartmented<T> known) where T : class, IKnowledge<T>, new()
    {
        var owner = new Clearance(new("csirt.be"), Policy);
        var subject = typeof(T) == typeof(IndicatorTally) ? Domain.Type : default(Contracts.Observables.ObservableType?);
        var (disclosed, _) = known.Disclose(owner, subject, At, Reading.DomesticAtHome, ofIncidents: true);
        return new KnowledgeTold(disclosed.ToIndicatorView(), disclosed.ToCorrelation(), disclosed.ToAssetView(), disclosed.ToTrendView());
    }

    public static object FragmentText(int item, SightingBatch batch)
    {
        var read = new SightingItem(batch.Item(item).Span);
        return new FragmentTold(
            read.IsPlain, !read.IsPlain && read.NamesAsset, item, read.Confidence, read.Count, read.FirstSeen, read.LastSeen, Inside);
    }

    public static object ReadFragment(byte[] bytes)
    {
        var read = new Fragment(bytes);
        return new FragmentTold(
            read.IsPlain, read.JoinsByAsset, read.ItemIndex, read.Confidence, read.Count, read.FirstSeen, read.LastSeen,
            CompartmentCodec.Read(read.Compartment));
    }

    /// <summary>The statements of a release, each with its compartment.</summary>
    public static object Released(Release release)
    {
        ReleasePreparation.Prepare(new("BE"), release, At);
        var compartments = ReleasedStatements.ReadCompartments(release.Compartments.Span);
        return Enumerable.Range(0, release.Statements!.Count).Select(i =>
        {
            var item = new SightingItem(release.Statements.Item(i).Span);
            return new StatementTold(
                CompartmentCodec.Read(compartments[item.MarkingIndex]), item.Kind, item.Confidence, item.Count, item.FirstSeen, item.LastSeen,
                item.ReadObservables(), item.ReadDetails());
        }).ToArray();
    }

    private sealed record KnowledgeTold(IndicatorView Indicator, Correlation Incident, AssetView Asset, TrendView Trend);

    private sealed record FragmentTold(
        bool IsPlain, bool JoinsByAsset, int ItemIndex, byte Confidence, ulong Count, long FirstSeen, long LastSeen, Compartment Compartment);

    private sealed record StatementTold(
        Compartment Compartment, SightingKind Kind, byte Confidence, uint Count, long FirstSeen, long LastSeen,
        Contracts.Observables.Observable[] Observables, SightingDetails Details);
}
