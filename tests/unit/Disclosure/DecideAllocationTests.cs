using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Half of the budget of a decision (design 9, row 7); the other half, time, is the benchmark's.</summary>
public class DecideAllocationTests
{
    [Fact]
    public void Decide_Warm_AllocatesNothing()
    {
        var clearance = new Clearance(new("c.de"), Samples.Policy(Samples.Agreed("a.be", "c.de")));
        var compartments = Enumerable.Range(0, 256)
            .Select(n => Samples.In("a.be", Samples.Marked(Tlp.Clear) with { EmbargoUntil = n })).ToArray();
        foreach (var compartment in compartments) clearance.Decide(compartment, ObservableType.Ipv4Addr, Samples.Noon);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var compartment in compartments) clearance.Decide(compartment, ObservableType.Ipv4Addr, Samples.Noon);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
