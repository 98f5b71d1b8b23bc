using System.Text.Json;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Changes;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// Between any two instants a partner is told of exactly those values of which the partner's forms changed: by acceptance, embargo,
/// expiry, agreement and membership; of what assets join, too.
/// </summary>
public class ChangeModelTests(ITestOutputHelper output)
{
    private long _pairs;
    private long _told;
    private long _byTimeAlone;

    [Fact]
    public void Changes_OfRandomWorlds_AreTheModels()
    {
        Sample.Each(output, nameof(Changes_OfRandomWorlds_AreTheModels), 20261128, 2_000, 4_000, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Worlds.Random(seed);
            foreach (var _ in Enumerable.Range(0, 3))
            {
                var (one, two) = (Worlds.SomeInstant(dice, world), Worlds.SomeInstant(dice, world));
                Compare(world.Until(one < two ? one : two), world.Until(one < two ? two : one), Worlds.SomeCaller(dice, world));
            }
        });
        output.WriteLine($"{_pairs} pairs of instants, {_told} changes, {_byTimeAlone} pairs that differ by time or policy alone");
        if (!Sample.IsWhole) return;
        _told.ShouldBeGreaterThan(_pairs);
        _byTimeAlone.ShouldBeGreaterThan(_pairs / 100);
    }

    [Fact]
    public void Leaving_ACommunity_IsAChangeOfWhatItsMembersSaw()
    {
        var marking = new MS.Marking(MS.Tlp.Green, MS.Pap.Clear, MS.Attribution.Named, ["community:circle"], null, null);
        var value = new MS.Observable("domain-name", "circle.example");
        var sighting = IncidentModelTests.Template with { Observables = [value], Marking = marking, AcceptedAt = Palette.Noon };
        var world = new M.World([Version(1, ["circle"]), Version(2, [])], [sighting], Palette.Noon.AddHours(2));
        var (before, after) = (world.Until(Palette.Noon.AddMinutes(30)), world.Until(world.Now));
        ComposedChanges.Between(before, after, new("csirt.fr"))!.Select(change => change.Observable).ShouldBe([value.ToProduct()]);
        ComposedChanges.Between(before, after, new("soc.de"))!.ShouldBeEmpty();
    }

    // What came to the hub behind the place, of which the caller never saw anything, lies before the range that is asked for.
    [Fact]
    public async Task Supplier_ThatCouldNeverBeSeen_IsNotToldAsGone()
    {
        var ends = Palette.Noon.AddHours(1);
        var version = Version(1, []) with { Agreements = [Full("amber", MS.Tlp.Amber, ends), Full("green", MS.Tlp.Green, until: null)] };
        var world = new M.World(
            [version],
            [On("seen", 0, MS.Tlp.Amber), On("hidden", 90, MS.Tlp.Amber), On("red", 95, MS.Tlp.Red), On("green", 100, MS.Tlp.Green)],
            ends.AddHours(2));
        var told = ComposedChanges.Between(world.Until(Palette.Noon.AddMinutes(30)), world.Until(world.Now), new("csirt.fr"))!;
        told.Select(change => change.Observable.Text).ShouldBe(["green", "green.example", "seen", "seen.example"], ignoreOrder: true);

        // Releases of which nothing leaves move how far the hub is: then nothing but acceptance tells what was there.
        var grid = new ComposedGrid(world);
        ComposedLists.Index(grid);
        using var changes = new ChangeReader(grid.Stores, grid.Compartments);
        var asker = new Asker(new("FR"), new(new("csirt.fr"), grid.History), grid.History.Number, world.Now.ToUnixTimeMilliseconds());
        var (home, head) = (new Home("BE"), grid.Stores[new("BE")].Head);
        var place = new ChangePlace(head, Palette.Noon.AddMinutes(30).ToUnixTimeMilliseconds(), grid.History.Number);
        var page = await changes.Read(home, asker, place, head, [], TestContext.Current.CancellationToken);
        page.Changed.Select(change => change.Observable.Text).ShouldBe(["seen"]);

        static M.Policy.Agreement Full(string id, MS.Tlp through, DateTimeOffset? until) =>
            new(id, "soc.be", "csirt.fr", MS.Level.Full, through, [], [], Palette.Noon.AddHours(-1), until);

        static MS.Sighting On(string supplier, int minutes, MS.Tlp tlp) => IncidentModelTests.Template with
        {
            Id = $"00000000-0000-4000-8000-{minutes:000000000000}",
            Owner = "soc.be",
            Observables = [new("domain-name", $"{supplier}.example")],
            Asset = new("srv", Supplier: supplier),
            AcceptedAt = Palette.Noon.AddMinutes(minutes),
            Marking = new(tlp, MS.Pap.Clear, MS.Attribution.Named, [], null, null),
        };
    }

    [Fact]
    public void Here_WhereListsAreBehind_IsWhatIsListed()
    {
        var sighting = IncidentModelTests.Template with { Observables = [new("domain-name", "a.example")] };
        var grid = new ComposedGrid(new M.World([Version(1, [])], [sighting], Palette.Noon));
        using var changes = new ChangeReader(grid.Stores, grid.Compartments);
        var asker = new Asker(Home.Hub, new(new("csirt.fr"), grid.History), grid.History.Number, Palette.Noon.ToUnixTimeMilliseconds());
        Here().ShouldBe((0, 1));
        ComposedLists.Index(grid);
        Here().ShouldBe((1, 1));

        (long, long) Here()
        {
            var (place, end) = changes.Here(Home.Hub, asker, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return (place.Position, end);
        }
    }

    private void Compare(M.World before, M.World after, M.Caller caller)
    {
        if (ComposedChanges.Between(before, after, caller) is not { } told) return;
        var which = $"{caller} from {M.Views.Text.Instant(before.Now)} to {M.Views.Text.Instant(after.Now)}";
        var expected = Changed(MD.Form.AllOf);
        List<MS.Observable> all = [.. expected.Union(Changed(MD.Form.AllSaidOf)).Order()];
        Named(told.Where(change => !change.InIncidentsOnly)).ShouldBe(expected, which);
        Named(told).ShouldBe(all, which);
        var only = after.Observables.Where((_, i) => i % 2 == 0).ToList();
        Named(ComposedChanges.Between(before, after, caller, [.. only.Select(one => one.ToProduct())])!)
            .ShouldBe(only.Count == 0 ? all : [.. all.Intersect(only)], $"every other observable: {which}");
        Interlocked.Increment(ref _pairs);
        Interlocked.Add(ref _told, expected.Count);
        if (expected.Count > 0 && before.Sightings.Count == after.Sightings.Count) Interlocked.Increment(ref _byTimeAlone);

        List<MS.Observable> Changed(Func<M.World, MS.Observable, M.Caller, DateTimeOffset, IReadOnlyList<MD.Form>> of) =>
            [.. after.Observables.Where(one => Forms(of(before, one, caller, before.Now)) != Forms(of(after, one, caller, after.Now)))];
    }

    private static List<MS.Observable> Named(IEnumerable<Contracts.Views.Changed> changes) =>
        [.. changes.Select(change => change.Observable.ToModel()).Distinct().Order()];

    internal static M.Policy.PolicyVersion Version(int number, string[] communities) => new(
        number, Palette.Noon.AddHours(number == 1 ? -1 : 1),
        [.. Palette.Organisations.Select(o => new M.Policy.Organisation(
            o.Id, o.Jurisdiction, o.Kind, o.Id is "csirt.fr" ? communities : o.Id is "soc.be" ? ["circle"] : [], []))],
        []);

    private static string Forms(IEnumerable<MD.Form> forms) =>
        string.Join('\n', forms.Select(form => JsonSerializer.Serialize(form)).Order(StringComparer.Ordinal));
}
