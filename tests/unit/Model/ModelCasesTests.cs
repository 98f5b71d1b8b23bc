using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Loading;
using CrossBorderSoc.Tests.Model.Sightings;
using CrossBorderSoc.Tests.Model.Views;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Model;

/// <summary>The hand-worked cases of DESIGN 3.1 judge the model.</summary>
public class ModelCasesTests
{
    private static readonly IReadOnlyList<WorkedCase> All = Cases.Load(SharedData.Folder("policy/cases.json")!);

    public static TheoryData<string> Names => [.. All.Select(one => one.Name)];

    [Fact]
    public void Cases_AreSeventyTwo() => All.Select(one => one.Name).Distinct().Count().ShouldBe(72);

    [Theory]
    [MemberData(nameof(Names))]
    public void Model_DecidesAsWorkedByHand(string name)
    {
        var one = All.Single(each => each.Name == name);
        var verdicts = Decision.OnEach(one.World, one.Sighting, one.Viewer, one.World.Now);
        Decision.Of(verdicts).ShouldBe(one.Level);
        verdicts.Where(each => each.Value.Level != Level.None).Select(each => each.Key.Value)
            .Order(StringComparer.Ordinal).ShouldBe(one.MustSee);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Model_ViewIsFoundExactlyWhereSomethingIsSeen(string name)
    {
        var one = All.Single(each => each.Name == name);
        foreach (var observable in one.Sighting.Observables)
        {
            var view = IndicatorView.Of(one.World, observable, one.Viewer, one.World.Now);
            (view is not null).ShouldBe(one.MustSee.Contains(observable.Value));
        }
    }
}
