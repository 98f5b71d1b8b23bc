using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Incidents;
using CrossBorderSoc.Tests.Model.Warninglists;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Incident = CrossBorderSoc.Tests.Model.Incidents.Incident;
using ModelObservable = CrossBorderSoc.Tests.Model.Sightings.Observable;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>The lists of the real stream against the model.</summary>
internal static class RealLists
{
    /// <summary>The list has each incident once, under the identifier that its observables lead to.</summary>
    public static async Task CompareIncidents(
        GridViews views, IReadOnlyList<Incident> incidents, Dictionary<ModelObservable, string> ids)
    {
        var listed = (await views.IncidentsAsync(new(), limit: 10_000, CancellationToken.None)).Incidents;
        listed.Select(entry => entry.Id).Order(StringComparer.Ordinal)
            .ShouldBe(incidents.Select(incident => ids[incident.Name]).Order(StringComparer.Ordinal));
        listed.Select(entry => entry.LastSeen.Seconds / 3600).ShouldBeInOrder(SortDirection.Descending);
        listed.Sum(entry => entry.CoreCount).ShouldBe(incidents.Sum(incident => incident.Core.Count));
    }

    /// <summary>The whole list, and a part of it: every value that the organisation sees, once, in order.</summary>
    public static async Task CompareIndicators(GridViews views, IReadOnlyList<Form> forms, Matcher warninglists)
    {
        var expected = forms.SelectMany(form => form.Named.Select(one => (one, form)))
            .GroupBy(pair => pair.one, pair => pair.form)
            .Select(group => (Observable: group.Key, Hour: Hours.Floor(group.Max(form => form.Last)), Forms: group.ToList()))
            .OrderByDescending(each => each.Hour).ThenBy(each => each.Observable.Value, StringComparer.Ordinal).ToList();
        expected.Count.ShouldBeGreaterThan(1_000);
        var listed = await List(views, new());
        listed.ShouldBe(expected.Select(each => each.Observable));
        var middle = expected[expected.Count / 2].Hour;
        (await List(views, new()
        {
            Filter = new() { Types_ = { "url" }, Jurisdictions = { "DE", "FR" }, SeenBefore = Timestamp.FromDateTimeOffset(middle), Text = "HTTP" },
        })).ShouldBe(expected
            .Where(each => each.Observable.Type == "url" && each.Hour < middle && each.Forms.Exists(form => form.Jurisdiction is "DE" or "FR"))
            .Select(each => each.Observable));
        (await List(views, new() { Filter = new() { Sectors = { "ENERGY " } } })).ShouldBe(
            expected.Where(each => each.Forms.Exists(form => form.Whole?.Asset?.Sector == "energy")).Select(each => each.Observable));
        var common = await List(views, new() { MinScore = 1 });
        common.Count.ShouldBeInRange(1, listed.Count - 1);
        common.Where(warninglists.Holds).Count().ShouldBeLessThan(common.Count);
    }

    private static async Task<List<ModelObservable>> List(GridViews views, ListIndicatorsRequest request) =>
    [
        .. (await views.IndicatorsAsync(request, limit: 100_000, CancellationToken.None)).Indicators
            .Select(entry => new ModelObservable(entry.Observable.Type, entry.Observable.Value)),
    ];
}
