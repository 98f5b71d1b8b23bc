using System.Globalization;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using ModelObservable = CrossBorderSoc.Tests.Model.Sightings.Observable;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>What came over the wire, in the words of the model's <c>ToText</c>: every field of the view, in its order.</summary>
internal static class WireText
{
    public static string Of(Indicator view) => string.Concat(LinesOf(view).Select(line => line + "\n"));

    /// <summary>An incident; what its identifier stands for is known to the model only.</summary>
    public static string Of(Incident incident, ModelObservable name) => string.Concat(((string[])
    [
        $"incident {name}",
        .. incident.Core.Select(node => $"core {Of(node.Observable)} since={Of(node.CoreSince)}"),
        .. incident.Links.Select(link =>
            $"link {Of(incident.Core[(int)link.One].Observable)} {Of(incident.Core[(int)link.Other].Observable)}"),
        .. incident.Fringe.Select(node => $"fringe {Of(node)}"),
    ]).Select(line => line + "\n"));

    private static string Of(Observable one) => $"{one.Type} {one.Value}";

    private static IEnumerable<string> LinesOf(Indicator view) =>
    [
        $"indicator {view.Observable.Type} {view.Observable.Value}",
        $"score {view.Score} " + Of(view.ScoreBasis),
        .. view.ByJurisdiction.Select(t => Of("jurisdiction " + t.Key, t)),
        .. view.BySource.Select(t => Of($"source {Model.Views.Tally.SourceName(t.Key, t.Organisation, t.Jurisdiction)}", t)),
        .. view.ByKind.Select(t => Of("kind ", t)),
        .. view.Histogram.Select(h => $"hour {Of(h.Hour)} {Of(h.Kind)} count={h.Count}"),
        .. view.Markings.Select(m => "marking " + Of(m)),
        .. view.Techniques.Select(t => $"technique {t.Technique} last={Of(t.LastSeen)}"),
        .. InModelOrder(view.Neighbours).SelectMany(list => Of("neighbour", list)),
        .. InModelOrder(view.SameFile).SelectMany(list => Of("same file", list)),
        .. view.Assets.Select(a => $"asset {a.Owner} {a.AssetId} last={Of(a.LastSeen)}"),
        .. view.Sectors.Select(s => $"sector {s.Sector} last={Of(s.LastSeen)}"),
    ];

    // On the wire lists are sorted by type name; the model has an order of types of its own.
    private static IEnumerable<NeighbourList> InModelOrder(IReadOnlyList<NeighbourList> lists)
    {
        lists.Select(list => list.Type).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        return lists.OrderBy(list => ModelObservable.Types.ToList().IndexOf(list.Type));
    }

    private static string Of(string name, Tally tally) =>
        $"{name} {Of(tally.Kind)} count={tally.Count} first={Of(tally.FirstSeen)} last={Of(tally.LastSeen)}"
        + $" confidence={tally.Confidence}";

    private static string Of(ScoreBasis basis) =>
        $"support={basis.Support} doubt={basis.Doubt} for={basis.VoicesFor} against={basis.VoicesAgainst}";

    private static IEnumerable<string> Of(string role, NeighbourList list) => list.Neighbours
        .Select(n => $"{role} {list.Type} {n.Value} last={Of(n.LastSeen)}")
        .Prepend($"{role}s {list.Type} count={list.Distinct}");

    private static string Of(DisclosedMarking shown)
    {
        var marking = shown.Marking;
        var common = $"tlp={Word(marking.Tlp)} pap={marking.Pap.ToString().ToLowerInvariant()}";
        return shown.Level != DisclosureLevel.Full ? common : common
            + $" attribution={marking.Attribution.ToString().ToLowerInvariant()} recipients={string.Join(',', marking.Recipients)}"
            + $" embargo={Of(marking.EmbargoUntil)} expires={Of(marking.ExpiresAt)}";
    }

    private static string Of(Kind kind) => kind switch
    {
        Kind.Positive => "positive",
        Kind.FalsePositive => "false-positive",
        Kind.Expiration => "expiration",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string Word(Tlp tlp) => tlp == Tlp.AmberStrict ? "amber+strict" : tlp.ToString().ToLowerInvariant();

    private static string Of(Timestamp? instant) =>
        instant?.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) ?? "-";
}
