using CrossBorderSoc.Gateway.Containment;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Containment;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>What each partner sees a value within is exactly the model's (DESIGN 3.2), on random worlds.</summary>
public class ContainmentModelTests(ITestOutputHelper output)
{
    internal static ContainmentRule Rule { get; } =
        new(new(Path.Combine(AppContext.BaseDirectory, "Containment", "Data", "public_suffix_list.dat")));

    // In the place of a world's values: some that lie within each other.
    private static readonly IReadOnlyList<MS.Observable> Nested =
    [
        new("ipv4-addr", "203.0.113.7"), new("url", "http://203.0.113.7:8080/x"), new("ipv4-cidr", "203.0.113.7/32"),
        new("ipv4-cidr", "203.0.113.0/24"), new("ipv4-cidr", "203.0.0.0/8"), new("ipv4-cidr", "202.0.0.0/7"),
        new("ipv6-addr", "2001:db8::1"), new("ipv6-cidr", "2001:db8::/29"), new("ipv6-cidr", "2001:db8::/65"),
        new("ipv6-cidr", "2001:db8::/72"), new("url", "https://[2001:db8::1]/"),
        new("domain-name", "bad.co.uk"), new("domain-name", "www.bad.co.uk"), new("domain-name", "a.www.bad.co.uk"),
        new("domain-name", "co.uk"), new("domain-name", "xbad.co.uk"), new("url", "http://a.www.bad.co.uk/"),
        new("email-addr", "ann@www.bad.co.uk"), new("url", "ftp://ann@bad.co.uk/@www.bad.co.uk"),
        new("file:sha256", new string('a', 64)),
    ];

    [Fact]
    public void Containers_OfRandomWorlds_AreTheModels()
    {
        var (questions, found, several) = (0, 0, 0);
        Sample.Each(output, nameof(Containers_OfRandomWorlds_AreTheModels), 20261201, 500, 5_500, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Renamed(dice, Worlds.Random(seed));
            world = world.Until(Worlds.SomeInstant(dice, world));
            var (grid, caller) = (new ComposedGrid(world), Worlds.SomeCaller(dice, world));
            var clearance = new Clearance(caller.ToProduct(), grid.History);
            var forms = world.Sightings.Select(each => MD.Form.Of(world, each, caller, world.Now)).OfType<MD.Form>()
                .Where(form => !form.IsContribution).ToList();
            foreach (var inner in world.Observables)
            {
                var containers = grid.Containers(inner.ToProduct(), clearance, world.Now.ToUnixTimeMilliseconds());
                Sample.Same(
                    string.Join('\n', containers.Select(each => each.ToModel())), string.Join('\n', Rule.Of(inner, forms)),
                    $"{inner} for {caller}");
                Interlocked.Increment(ref questions);
                if (containers.Count > 0) Interlocked.Increment(ref found);
                if (containers.Count > 1) Interlocked.Increment(ref several);
            }
        });
        output.WriteLine($"{questions} questions, {found} with a container, {several} with several");
        if (!Sample.IsWhole) return;
        found.ShouldBeGreaterThan(2_000);
        several.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Containers_WhateverIsVisible_AreTheModels()
    {
        var all = Nested.Select(value => value.ToProduct()).ToHashSet();
        foreach (var inner in Nested)
            Containers.Of(inner.ToProduct(), PublicSuffixes.Shipped).Where(all.Contains).Select(each => each.ToModel())
                .ShouldBe(Rule.Of(inner, [Everything]), inner.ToString());
    }

    private static MD.Form Everything { get; } = new(
        MS.Level.Redacted, Nested, MS.Kind.Positive, 1, Palette.Noon, Palette.Noon, 50, MS.Tlp.Clear, MS.Pap.Clear, [], "BE", null, null, null);

    private static M.World Renamed(Dice dice, M.World world)
    {
        var names = world.Observables.Zip(dice.Some(Nested, Nested.Count)).ToDictionary(pair => pair.First, pair => pair.Second);
        return world.With([.. world.Sightings.Select(
            each => each with { Observables = [.. each.Observables.Select(value => names[value]).Order()] })]);
    }
}
