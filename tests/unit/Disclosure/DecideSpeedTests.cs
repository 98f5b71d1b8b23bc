using System.Diagnostics;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class DecideSpeedTests
{
    /// <summary>
    /// The budget is 50 ns (design 9, row 7); the bound here is wide enough for a busy machine and a debug build.
    /// </summary>
    [Fact]
    public void Decide_Warm_TakesNanoseconds()
    {
        var clearance = new Clearance(new("c.de"), Samples.Policy(Samples.Agreed("a.be", "c.de")));
        var compartments = Enumerable.Range(0, 256)
            .Select(n => Samples.In("a.be", Samples.Marked(Tlp.Clear) with { EmbargoUntil = n })).ToArray();
        var best = double.MaxValue;
        for (var round = 0; round < 60; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 40; i++)
                foreach (var compartment in compartments)
                    clearance.Decide(compartment, ObservableType.Ipv4Addr, Samples.Noon);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / (40 * compartments.Length));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"Decide, warm: {best:0.0} ns");
        best.ShouldBeLessThan(500);
    }
}
