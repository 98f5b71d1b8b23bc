using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// What a feed tells of an organisation's picture is that picture with every TLP:RED statement absent, the organisation's own and those that name
/// it included: in views, evidence, incidents, lists, assets and changes.
/// </summary>
public class FeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Feed_IsThePictureOfAWorldWithoutRed()
    {
        var (answers, found, hidden) = (0, 0, 0);
        Sample.Each(output, nameof(Feed_IsThePictureOfAWorldWithoutRed), 20261129, 1_500, 1_500, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Worlds.Random(seed, mostSightings: 12);
            var without = world.With([.. world.Sightings.Where(each => each.Marking.Tlp != MS.Tlp.Red)]);
            if (without.Sightings.Count is 0 || without.Sightings.Count == world.Sightings.Count) return;
            var caller = Worlds.SomeCaller(dice, world) with { IsFeed = true };
            var at = Worlds.SomeInstant(dice, world);
            var twins = new Twins(seed, world, without, caller, Worlds.Edges(world));
            var fed = NonInterferenceTests.Answers(world, twins, at, dice.Chance(0.5));
            // Asked by the organisation itself where there is no RED: nothing else may be missing either.
            var asked = NonInterferenceTests.Answers(
                without, twins with { Caller = new(caller.Organisation) }, at, releasesAtOnce: false);
            fed.Count.ShouldBe(asked.Count);
            foreach (var ((answer, isFound), (other, _)) in fed.Zip(asked))
            {
                Sample.Same(answer, other, $"{caller} at {MV.Text.Instant(at)}");
                Interlocked.Increment(ref answers);
                if (isFound) Interlocked.Increment(ref found);
            }
            var all = NonInterferenceTests.Answers(world, twins with { Caller = new(caller.Organisation) }, at, releasesAtOnce: false);
            if (!all.SequenceEqual(fed)) Interlocked.Increment(ref hidden);
        });
        output.WriteLine($"{answers} answers, {found} with something to see; {hidden} worlds in which the organisation sees RED of it");
        if (!Sample.IsWhole) return;
        found.ShouldBeGreaterThan(answers / 5);
        hidden.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(Tlp.Red, false)]
    [InlineData(Tlp.AmberStrict, true)]
    [InlineData((Tlp)6, false)]
    public void Feed_OfAnOwnersOwn_HoldsNoRedAndNothingUnknown(Tlp tlp, bool isThere)
    {
        var compartment = Samples.In("a.be", Samples.Marked(tlp));
        var history = Samples.Policy();
        Level(Outlet.Call).ShouldBe(DisclosureLevel.Full);
        Level(Outlet.Feed).ShouldBe(isThere ? DisclosureLevel.Full : DisclosureLevel.None);
        Level((Outlet)2).ShouldBe(isThere ? DisclosureLevel.Full : DisclosureLevel.None, "an outlet that is not known");

        DisclosureLevel Level(Outlet outlet) => new Clearance(new("a.be", Person: null, outlet), history).DecideWhole(compartment, 0);
    }

    [Fact]
    public void Clearances_OfCallAndFeed_AreTwo()
    {
        var (cache, history) = (new ClearanceCache(), Samples.Policy());
        var compartment = Samples.In("a.be", Samples.Marked(Tlp.Red));
        cache.Get(new("a.be"), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.Full);
        cache.Get(new("a.be", Person: null, Outlet.Feed), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.None);
        cache.Get(new("a.be"), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.Full);
    }

    [Fact]
    public void Feed_IsNoPersonsOwnCall()
    {
        var compartment = Samples.In("a.be", Samples.Marked(Tlp.Amber, "person:ann@c.de"));
        var history = Samples.Policy();
        new Clearance(new("c.de", "ann"), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.Full);
        new Clearance(new("c.de", "ann", Outlet.Feed), history).DecideWhole(compartment, 0).ShouldBe(DisclosureLevel.None);
    }
}
