using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>DESIGN 3.1.4: any error while deciding fails the whole call; it is never rendered as absence.</summary>
public class UndecidableTests
{
    private static readonly Marking Clear = new(Tlp.Clear, Pap.Clear, Attribution.Named, [], null, null);
    private static readonly ObservableTypeSet Types = ObservableTypeSet.Of(ObservableType.Ipv4Addr);
    private static readonly PolicyHistory History = new M.Policy.PolicyVersion[]
    {
        new(1, Palette.Noon, [new("a.be", "BE", "csirt", [], []), new("b.de", "DE", "csirt", [], [])], []),
    }.ToProduct()[^1];

    [Fact]
    public void Decide_PolicyOfTheStatementUnknown_Fails()
    {
        var clearance = new Clearance(new("b.de"), History);
        Should.Throw<UndecidableException>(() =>
            clearance.Decide(Said(Clear, epoch: 2), ObservableType.Ipv4Addr, 0));
        Should.Throw<UndecidableException>(() => clearance.DecideWhole(Said(Clear, epoch: 2), 0));
    }

    [Fact]
    public void View_OnePolicyUnknownAmongKnown_Fails()
    {
        var knowledge = new Compartmented<IndicatorTally>();
        foreach (var epoch in new[] { 1, 2 })
            knowledge.Add(Said(Clear, epoch), new() { Count = 1, FirstSeen = 0, LastSeen = 0 });
        var clearance = new Clearance(new("b.de"), History);
        Should.Throw<UndecidableException>(() =>
            knowledge.DiscloseIndicator(clearance, ObservableType.Ipv4Addr, 0, Reading.DomesticAtHome));
        Should.Throw<UndecidableException>(() => Audience.Released(Said(Clear, epoch: 2), History));
    }

    [Fact]
    public void Evidence_OfAnotherCompartment_Fails()
    {
        var sighting = new Sighting(
            Guid.Empty, [new(ObservableType.Ipv4Addr, "203.0.113.7")], null, 0, 0, 1, SightingKind.Positive, 50, Clear,
            [], "", "");
        var clearance = new Clearance(new("b.de"), History);
        SightingDisclosure.Apply(sighting, ObservableType.Ipv4Addr, Said(Clear, epoch: 1), clearance, 0)
            .ShouldNotBeNull();
        Should.Throw<UndecidableException>(() => SightingDisclosure.Apply(
            sighting, ObservableType.Ipv4Addr, Said(Clear with { Tlp = Tlp.Green }, epoch: 1), clearance, 0));
    }

    [Fact]
    public void Attribution_Default_IsTheModels()
    {
        foreach (var tlp in Enum.GetValues<M.Sightings.Tlp>())
            ((int)Marking.DefaultAttribution(tlp.ToProduct()) - 1)
                .ShouldBe((int)M.Sightings.Marking.DefaultAttribution(tlp));
    }

    private static Compartment Said(Marking marking, int epoch) =>
        new("a.be", "BE", marking, SightingKind.Positive, epoch, Types);
}
