using System.Text;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Incidents;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>What a list shall hold; nothing set: everything.</summary>
public sealed record ListFilter(
    IReadOnlyList<string> Types, IReadOnlyList<string> Jurisdictions, DateTimeOffset? Since, DateTimeOffset? Before, string Text,
    int MinScore, string Technique, IReadOnlyList<string> Sectors);

/// <summary>
/// The lists of a caller: order (last hour, newest first; canonical text by code point; type). Functions of the disclosed views and
/// of nothing else.
/// </summary>
public static class Lists
{
    /// <summary>The indicators that the caller sees, in order.</summary>
    public static IReadOnlyList<Observable> Indicators(World world, Caller caller, DateTimeOffset at, ListFilter filter) =>
    [
        .. world.Observables.Select(one => IndicatorView.Of(world, one, caller, at)).OfType<IndicatorView>()
            .Where(view => IsIn(view.ByJurisdiction.Max(tally => tally.Last), filter))
            .Where(view => Holds([view.Observable], filter) && IsOf(view.ByJurisdiction.Select(tally => tally.Name), filter))
            .Where(view => view.Score.Value >= filter.MinScore && Sectors.IsAsked(view.Sectors.Select(each => each.Sector), filter))
            .Where(view => filter.Technique.Length == 0 || view.Techniques.Any(each => each.Technique == filter.Technique))
            .OrderBy(view => (view.ByJurisdiction.Max(tally => tally.Last), view.Observable), Order)
            .Select(view => view.Observable),
    ];

    /// <summary>The incidents of the caller, in the order of the core node that was seen or spoken of last.</summary>
    public static IReadOnlyList<Incident> Incidents(World world, Caller caller, DateTimeOffset at, ListFilter filter)
    {
        var forms = world.Sightings.Select(sighting => Form.Of(world, sighting, caller, at)).OfType<Form>().ToList();
        var positive = forms.Where(form => form.Kind == Kind.Positive)
            .SelectMany(form => form.Named.Select(one => (one, form))).ToLookup(pair => pair.one, pair => pair.form);
        var picture = new Picture(forms, at);
        return
        [
            .. picture.All()
                .Select(incident => (Incident: incident, Place: incident.Core.Select(LastOf).Order(Order).First()))
                .Where(each => IsIn(each.Place.Last, filter) && Holds(each.Incident.Core.Select(core => core.Node), filter))
                .Where(each => IsOf(each.Incident.Core.SelectMany(core => StatesOf(core.Node)), filter))
                .Where(each => Sectors.IsAsked(SectorsOf(each.Incident), filter))
                .OrderBy(each => each.Place, Order).Select(each => each.Incident),
        ];

        IEnumerable<string> SectorsOf(Incident incident) => incident.Core.SelectMany(core => picture.SectorsOf(core.Node))
            .Concat(incident.Contributions.Take(Walk.ContributionsMax).Select(form => form.Said!.Sector));

        (DateTimeOffset Last, Observable One) LastOf((Observable Node, DateTimeOffset Since) core) =>
            (forms.Where(form => form.Kind is Kind.Positive or Kind.Contribution && form.Named.Contains(core.Node))
                .Max(form => form.Last), core.Node);

        IEnumerable<string> StatesOf(Observable node) => positive[node]
            .Where(form => form.Last >= at - Picture.Window && form.Jurisdiction != "EU").Select(form => form.Jurisdiction);
    }

    private static readonly Comparer<(DateTimeOffset Last, Observable One)> Order = Comparer<(DateTimeOffset Last, Observable One)>.Create(
        (left, right) =>
        {
            var byHour = Hours.Floor(right.Last).CompareTo(Hours.Floor(left.Last));
            if (byHour != 0) return byHour;
            var byText = Encoding.UTF8.GetBytes(left.One.Value).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.One.Value));
            return byText != 0
                ? byText : Words.Place(Observable.Types, left.One.Type).CompareTo(Words.Place(Observable.Types, right.One.Type));
        });

    private static bool IsIn(DateTimeOffset last, ListFilter filter) =>
        (filter.Since is not { } since || Hours.Floor(last) >= Hours.Floor(since))
        && (filter.Before is not { } before || Hours.Floor(last) < Hours.Floor(before));

    private static bool Holds(IEnumerable<Observable> observables, ListFilter filter) => observables.Any(one =>
        (filter.Types.Count == 0 || filter.Types.Contains(one.Type))
        && one.Value.Contains(filter.Text, StringComparison.OrdinalIgnoreCase));

    private static bool IsOf(IEnumerable<string> jurisdictions, ListFilter filter) =>
        filter.Jurisdictions.Count == 0 || jurisdictions.Any(filter.Jurisdictions.Contains);
}
