using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Loading;
using Shouldly;
using Xunit;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// The hand-worked cases of DESIGN 3.1 judge what the product shows out of homes and hub, evidence included.
/// </summary>
public class ComposedCasesTests
{
    private static readonly IReadOnlyList<WorkedCase> All = Cases.Load(SharedData.Folder("policy/cases.json")!);

    public static TheoryData<string> Names => [.. All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Product_ShowsAsWorkedByHand(string name)
    {
        var one = All.Single(each => each.Name == name);
        var grid = new ComposedGrid(one.World);
        var clearance = new Clearance(new(one.Viewer.Organisation), grid.History);
        var at = one.World.Now.ToUnixTimeMilliseconds();
        foreach (var observable in one.Sighting.Observables.Select(each => each.ToProduct()))
        {
            var sees = one.MustSee.Contains(observable.Text);
            grid.Indicator(observable, clearance, at).View.IsEmpty.ShouldBe(!sees);
            var evidence = grid.Evidence(observable, clearance, at).ToList();
            evidence.Select(each => each.Level).ShouldBe(sees ? [(DisclosureLevel)(int)one.Level] : []);
            if (!sees) continue;
            evidence[0].Observables.Select(each => each.Text).Order(StringComparer.Ordinal).ShouldBe(one.MustSee);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Product_ShowsWhatTheModelDoes(string name)
    {
        var one = All.Single(each => each.Name == name);
        var grid = new ComposedGrid(one.World);
        var clearance = new Clearance(new(one.Viewer.Organisation), grid.History);
        var at = one.World.Now.ToUnixTimeMilliseconds();
        foreach (var observable in one.Sighting.Observables)
            Sample.Same(
                ViewText.Of(observable, grid.Indicator(observable.ToProduct(), clearance, at).View, one.World.Now),
                MV.IndicatorView.ToText(MV.IndicatorView.Of(one.World, observable, one.Viewer, one.World.Now)), name);
    }
}
