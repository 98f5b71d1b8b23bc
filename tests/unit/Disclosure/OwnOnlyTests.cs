using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What is shown without the hub is what the caller's own organisation said, whatever others share with it (decision 0021).</summary>
public sealed class OwnOnlyTests
{
    private static readonly Marking[] SharedWithAll =
    [
        Samples.Marked(Tlp.Clear), Samples.Marked(Tlp.Green), Samples.Marked(Tlp.Amber, "organisation:a.be"),
        Samples.Marked(Tlp.Red, "organisation:a.be"),
    ];

    [Fact]
    public void WhatOthersShare_IsNotShown()
    {
        var history = Samples.Policy(Samples.Agreed("organisation:b.be", "organisation:a.be"));
        foreach (var marking in SharedWithAll)
        {
            var compartment = Samples.In("b.be", marking);
            new Clearance(new("a.be"), history).DecideWhole(compartment, Samples.Noon).ShouldNotBe(DisclosureLevel.None);
            new Clearance(new("a.be", IsOwnOnly: true), history).DecideWhole(compartment, Samples.Noon).ShouldBe(DisclosureLevel.None);
        }
    }

    [Fact]
    public void ItsOwn_IsShownWhole_UnderEmbargoToo_AndUnderAPolicyThatIsNotKnownYet()
    {
        var clearance = new Clearance(new("a.be", IsOwnOnly: true), Samples.Policy());
        foreach (var marking in SharedWithAll.Select(each => each with { EmbargoUntil = long.MaxValue / 2 }))
            clearance.DecideWhole(Samples.In("a.be", marking, epoch: 9), Samples.Noon).ShouldBe(DisclosureLevel.Full);
        clearance.DecideWhole(Samples.In("b.be", Samples.Marked(Tlp.Green), epoch: 9), Samples.Noon).ShouldBe(DisclosureLevel.None);
    }

    [Fact]
    public void Clearances_OfAWholeAndOfAnOwnPicture_AreTwo()
    {
        var (cache, history, compartment) = (new ClearanceCache(), Samples.Policy(), Samples.In("b.be", Samples.Marked(Tlp.Green)));
        cache.Get(new("a.be"), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.Redacted);
        cache.Get(new("a.be", IsOwnOnly: true), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.None);
    }
}
