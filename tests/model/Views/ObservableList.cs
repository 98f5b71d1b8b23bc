using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Views;

/// <summary>
/// Observables of one type: the newest 100 with their last-seen, and how many there are, which saturates at 100.
/// </summary>
public sealed record ObservableList(
    string Type, int DistinctCount, IReadOnlyList<(Observable Observable, DateTimeOffset Last)> Newest)
{
    /// <summary>
    /// What forms hold beside <paramref name="except"/>, by type. A form holds only what is visible, and one level for
    /// all of
    /// it, so a pair is in it at the lower of its two levels.
    /// </summary>
    public static IReadOnlyList<ObservableList> Of(IEnumerable<Form> forms, Observable? except) =>
        Of(forms, except, form => form.Observables);

    /// <summary>What forms name beside an observable, what assets join included.</summary>
    public static IReadOnlyList<ObservableList> OfNamed(IEnumerable<Form> forms, Observable except) =>
        Of(forms, except, form => form.Named);

    private static IReadOnlyList<ObservableList> Of(
        IEnumerable<Form> forms, Observable? except, Func<Form, IReadOnlyList<Observable>> parts) =>
    [
        .. forms.SelectMany(form => parts(form).Select(each => (Thing: each, form.Last)))
            .Where(each => each.Thing != except)
            .GroupBy(each => each.Thing.Type)
            .OrderBy(group => Words.Place(Observable.Types, group.Key))
            .Select(group => new ObservableList(
                group.Key,
                Math.Min(group.Select(each => each.Thing).Distinct().Count(), Views.Newest.Neighbours),
                Views.Newest.Of(group, Comparer<Observable>.Default, Views.Newest.Neighbours))),
    ];
}
