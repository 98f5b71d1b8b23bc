using System.Text.Json;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MI = CrossBorderSoc.Tests.Model.Incidents;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// Between any two instants a partner who watches is told of every value around which the partner's incident became another, also by time
/// alone: as it is now, or that it is gone. And of nothing that depends on what the partner may not see.
/// </summary>
public class AgeingModelTests(ITestOutputHelper output)
{
    private long _pairs;
    private long _different;
    private long _gone;
    private long _byTimeAlone;

    [Fact]
    public void Incidents_ThatChangedInAnyWay_AreTold()
    {
        Sample.Each(output, nameof(Incidents_ThatChangedInAnyWay_AreTold), 20261129, 2_000, 4_000, seed =>
        {
            var dice = Dice.Beside(seed);
            // Of what assets join at other homes a watch tells with what was seen on them.
            var world = LongWorlds.Of(Worlds.Random(seed));
            world = world.With([.. world.Sightings.Select(each => each with { Asset = null })]);
            foreach (var _ in Enumerable.Range(0, 4))
            {
                var (from, to) = Instants(dice, world);
                Compare(world.Until(from), world.Until(to), Worlds.SomeCaller(dice, world));
            }
        });
        output.WriteLine($"{_pairs} pairs of instants, {_different} values in another incident, {_byTimeAlone} by time alone, {_gone} gone");
        if (!Sample.IsWhole) return;
        _byTimeAlone.ShouldBeGreaterThan(1_000);
        _gone.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void Incidents_WhateverIsHidden_AreToldAlike()
    {
        var (counted, told) = (0, 0);
        Sample.Each(output, nameof(Incidents_WhateverIsHidden_AreToldAlike), 20261130, 2_000, 4_000, seed =>
        {
            var twins = Twins.Random(seed);
            if (!twins.HidesSomething) return;
            var (one, other) = (LongWorlds.Of(twins.One), LongWorlds.Of(twins.Other));
            var (from, to) = Instants(Dice.Beside(seed), one);
            var (first, second) = (Told(one, from, to, twins.Caller), Told(other, from, to, twins.Caller));
            Sample.Same(first, second, $"{twins.Caller} from {MV.Text.Instant(from)} to {MV.Text.Instant(to)}");
            Interlocked.Increment(ref counted);
            if (first.Length > 5) Interlocked.Increment(ref told);
        });
        output.WriteLine($"{counted} pairs that hide something, {told} with something to tell");
        if (Sample.IsWhole) told.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Pair_ThatLeavesWhileBothGoOnBeingSeen_IsTold()
    {
        var (left, right) = (Value("left.example"), Value("right.example"));
        var told = AtNoon(
            Seen("soc.be", -7 * 24, left, right), Seen("soc.be", -1, left, Value("l.example")), Seen("soc.be", -1, right, Value("r.example")),
            Seen("soc.de", -1, left), Seen("soc.de", -1, right));
        told.Gone.ShouldBeEmpty();
        told.Incidents.Select(each => string.Join(' ', each.Core.Select(node => node.Observable.Text))).ShouldBe(["left.example", "right.example"]);
    }

    [Fact]
    public void Opening_ThatAgesBehindANote_IsGone()
    {
        var one = Value("one.example");
        var told = AtNoon(Said(MS.Deed.Opened, -7 * 24, one), Said(MS.Deed.Note, -1, one));
        told.Incidents.ShouldBeEmpty();
        told.Gone.ShouldHaveSingleItem().Observable.ShouldBe(one.ToProduct());
    }

    [Fact]
    public void Supplier_OfTheOwnHome_ThatAges_IsGone()
    {
        MS.Sighting On(string owner, int hours, string value) =>
            Seen(owner, hours, Value(value)) with { Asset = new($"srv-{owner}", Supplier: "Acme") };
        var told = AtNoon("soc.be", On("soc.be", -7 * 24, "be.example"), Seen("soc.be", -1, Value("be.example")),
            Seen("soc.de", -1, new MS.Observable("supplier", "acme")));
        told.Gone.Select(each => each.Observable.Text).Distinct().ShouldBe(["acme"]);
    }

    [Fact]
    public void Ageing_BeginsBehindTheFullHour()
    {
        var (hour, week) = (3_600_000L, 7 * 24 * 3_600_000L);
        var at = 1_000 * hour;
        Ageing.Between(at - 50, at).ShouldBeNull("the window's first instant belongs to it");
        Ageing.Between(at, at + 1).ShouldBe(new(at, at));
        Ageing.Between(at + 1, at + hour).ShouldBeNull();
        Ageing.Between(at + 1, at + 2 * hour + 1).ShouldBe(new(at + hour, at + 2 * hour));
        new Ageing(at, at + hour).Hours.ShouldBe((at - week, at + hour - week));
        Ageing.Since(at).ShouldBe([at - hour + 1, at]);
        Ageing.Since(at + 1).ShouldBe([at + 1, at + 1]);
    }

    // Around a full hour just after which something leaves the window, or anywhere. What is seen in Full leaves within an hour and is told
    // when it is over: so just after a full hour all is told.
    private static (DateTimeOffset From, DateTimeOffset To) Instants(Dice dice, M.World world)
    {
        var leaves = MD.Hours.Floor(dice.Pick(world.Sightings).LastSeen) + MI.Picture.Window;
        var to = leaves.AddHours(dice.Pick([0, 0, 1])).AddMilliseconds(dice.Pick([1, 1, 50]));
        var from = dice.Chance(0.3) ? Worlds.SomeInstant(dice, world) : to - dice.Pick(
            [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(20), TimeSpan.FromHours(3), TimeSpan.FromDays(2)]);
        if (from > to) (from, to) = (to, MD.Hours.Floor(from).AddMilliseconds(1));
        return from < to ? (from, to) : (to.AddHours(-1), to);
    }

    private void Compare(M.World before, M.World after, M.Caller caller)
    {
        if (before.Versions.Count == 0 || ComposedAgeing.Between(before, after, caller) is not { } told) return;
        var which = $"{caller} from {MV.Text.Instant(before.Now)} to {MV.Text.Instant(after.Now)}";
        var (was, now) = (PictureOf(before, caller), PictureOf(after, caller));
        var isByTimeAlone = before.Sightings.Count == after.Sightings.Count && before.Versions.Count == after.Versions.Count;
        foreach (var incident in told.Incidents)
            Sample.Same(IncidentModelTests.ToText(incident), now.Of(incident.Name.ToModel())?.ToText() ?? MV.Text.NotFound, which);
        var (core, gone) = (
            told.Incidents.SelectMany(each => each.Core).Select(each => each.Observable.ToModel()).ToHashSet(),
            told.Gone.Select(each => each.Observable.ToModel()).ToHashSet());
        foreach (var node in after.Observables)
        {
            var (one, other) = (was.Of(node), now.Of(node));
            if (gone.Contains(node))
            {
                other.ShouldBeNull($"{node} is gone for {which}");
                MayHaveBeenCore([.. Seen(before, node, caller), .. Seen(after, node, caller)]).ShouldBeTrue($"{node} is gone for {which}");
            }
            if (Shape(one) == Shape(other)) continue;
            (other is null ? gone : core).ShouldContain(node, $"of {which}: {Shape(one)} is {Shape(other)}");
            Interlocked.Increment(ref _different);
            if (other is null) Interlocked.Increment(ref _gone);
            if (isByTimeAlone) Interlocked.Increment(ref _byTimeAlone);
        }
        Interlocked.Increment(ref _pairs);
    }

    private static string Told(M.World world, DateTimeOffset from, DateTimeOffset to, M.Caller caller)
    {
        if (from < world.Versions[0].InForceFrom || ComposedAgeing.Between(world.Until(from), world.Until(to), caller) is not { } told) return "";
        return JsonSerializer.Serialize(told.Incidents.Select(each => IncidentModelTests.ToText(each)).Distinct().Order(StringComparer.Ordinal))
            + JsonSerializer.Serialize(told.Gone.Select(each => $"{each.Observable.ToModel()} {string.Join(' ', each.MemberStates)}").Distinct()
                .Order(StringComparer.Ordinal));
    }

    private static bool MayHaveBeenCore(IReadOnlyList<MD.Form> seen) => seen.Any(form => form.IsContribution)
        || seen.Select(form => form.Jurisdiction).Where(code => code != "EU").Distinct().Count() >= 2;

    // What just after noon is told of what was seen before.
    private static Surroundings AtNoon(params MS.Sighting[] sightings) => AtNoon("csirt.fr", sightings);

    private static Surroundings AtNoon(string caller, params MS.Sighting[] sightings)
    {
        var organisations = Palette.Organisations.Select(o => new M.Policy.Organisation(o.Id, o.Jurisdiction, o.Kind, [], []));
        var world = new M.World([new(1, Palette.Noon.AddDays(-30), [.. organisations], [])], sightings, Palette.Noon);
        return ComposedAgeing.Between(world, world.At(Palette.Noon.AddMilliseconds(1)), new(caller)).ShouldNotBeNull();
    }

    private static MS.Observable Value(string text) => new("domain-name", text);

    private static MS.Sighting Seen(string owner, int hours, params MS.Observable[] observables) => IncidentModelTests.Template with
    {
        Id = Guid.NewGuid().ToString(),
        Owner = owner,
        Observables = [.. observables.Order()],
        FirstSeen = Palette.Noon.AddHours(hours),
        LastSeen = Palette.Noon.AddHours(hours),
    };

    private static MS.Sighting Said(MS.Deed deed, int hours, MS.Observable node) => Seen("soc.be", hours, node) with
    {
        Kind = MS.Kind.Contribution,
        Said = new(deed),
        Confidence = 0,
    };

    private static IReadOnlyList<MD.Form> Seen(M.World world, MS.Observable node, M.Caller caller) =>
        [.. MD.Form.AllOf(world, node, caller, world.Now), .. MD.Form.AllSaidOf(world, node, caller, world.Now)];

    private static MI.Picture PictureOf(M.World world, M.Caller caller) => new(
        world.Sightings.Select(each => MD.Form.Of(world, each, caller, world.Now)).OfType<MD.Form>(), world.Now);

    private static string Shape(MI.Incident? incident) => incident is null ? MV.Text.NotFound : string.Join(
        ' ', [.. incident.Core.Select(each => $"core {each.Node}"), .. incident.Links.Select(each => $"link {each.One} {each.Two}"),
            .. incident.Fringe.Select(each => $"fringe {each}")]);
}
