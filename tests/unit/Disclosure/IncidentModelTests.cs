using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MI = CrossBorderSoc.Tests.Model.Incidents;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Every partner's incidents are exactly the model's (DESIGN 3.4), on random and on adversarial worlds.</summary>
public class IncidentModelTests(ITestOutputHelper output)
{
    internal static readonly MS.Sighting Template = new()
    {
        Id = Guid.Empty.ToString(),
        Owner = "soc.be",
        Observables = [],
        FirstSeen = Palette.Noon.AddHours(-1),
        LastSeen = Palette.Noon.AddHours(-1),
        Count = 1,
        Kind = MS.Kind.Positive,
        Confidence = 50,
        Marking = new(MS.Tlp.Green, MS.Pap.Clear, MS.Attribution.Named, [], null, null),
        Techniques = [],
        Description = "",
        SourceRef = "",
        AcceptedAt = Palette.Noon.AddHours(-1),
        PolicyVersion = 1,
    };

    private long _questions;
    private long _found;
    private long _linked;

    [Fact]
    public void Incidents_OfRandomWorlds_AreTheModels()
    {
        Sample.Each(output, nameof(Incidents_OfRandomWorlds_AreTheModels), 20261101, 4_000, 8_000, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Worlds.Random(seed);
            world = world.Until(Worlds.SomeInstant(dice, world));
            // Windows pass, embargoes end: also long after everything was said.
            var at = dice.Chance(0.3) ? world.Now.AddHours(dice.Between(1, 24 * 9)) : world.Now;
            var listed = dice.Some(world.Observables, dice.Between(0, 1)).ToHashSet();
            foreach (var _ in Enumerable.Range(0, 3)) Compare(world, Worlds.SomeCaller(dice, world), at, listed.Contains);
        });
        output.WriteLine($"{_questions} questions, {_found} incidents, {_linked} with more than one core node");
        if (!Sample.IsWhole) return;
        _questions.ShouldBeGreaterThan(100_000);
        _found.ShouldBeGreaterThan(10_000);
        _linked.ShouldBeGreaterThan(2_000);
    }

    [Theory]
    [InlineData(98, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(101, false)]
    public void Core_WithSoManyNeighbours_IsAHubFromTheCapOn(int neighbours, bool isCore)
    {
        var centre = Value("centre.example");
        var world = WorldOf(
        [
            .. Enumerable.Range(0, neighbours).Select(i => Seen(i % 2 == 0 ? "soc.be" : "soc.de", centre, Value($"n{i}.example"))),
        ]);
        Incident(world, centre).ShouldBe(isCore);
    }

    [Fact]
    public void Hub_WhoseNeighboursAreMostlyOld_IsCoreAgain()
    {
        var centre = Value("centre.example");
        var old = Palette.Noon.AddDays(-8);
        var world = WorldOf(
        [
            .. Enumerable.Range(0, 300).Select(i => Seen("soc.be", centre, Value($"n{i}.example")) with { FirstSeen = old, LastSeen = old }),
            Seen("soc.be", centre), Seen("soc.de", centre),
        ]);
        Incident(world, centre).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Window_HoldsItsFirstInstantAndNothingBefore(int milliseconds, bool isCore)
    {
        var centre = Value("centre.example");
        var edge = Palette.Noon.AddDays(-7);
        var world = WorldOf([Seen("soc.be", centre), Seen("soc.de", centre) with { FirstSeen = edge, LastSeen = edge }]);
        Incident(world.At(Palette.Noon.AddMilliseconds(-milliseconds)), centre).ShouldBe(isCore);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(-1, 1)]
    public void Link_OlderThanTheWindow_JoinsNothing(int milliseconds, int core)
    {
        var (left, right) = (Value("left.example"), Value("right.example"));
        var edge = Palette.Noon.AddDays(-7);
        var world = WorldOf(
        [
            Seen("soc.be", left), Seen("soc.de", left), Seen("soc.be", right), Seen("soc.de", right),
            Seen("soc.be", left, right) with { FirstSeen = edge, LastSeen = edge },
        ]).At(Palette.Noon.AddMilliseconds(-milliseconds));
        var incident = Ask(world, left, "soc.be").ShouldNotBeNull();
        incident.Core.Length.ShouldBe(core);
        incident.Fringe.ShouldBeEmpty();
        Compare(world, new("soc.be"), world.Now);
    }

    [Theory]
    [InlineData(0, "energy")]
    [InlineData(-1, "")]
    public void Sector_OfBeforeTheWindow_IsNoneOfTheIncident(int milliseconds, string sectors)
    {
        var (centre, edge) = (Value("centre.example"), Palette.Noon.AddDays(-7));
        var world = WorldOf(
        [
            Seen("soc.be", centre), Seen("soc.de", centre),
            Seen("soc.be", centre) with { FirstSeen = edge, LastSeen = edge, Asset = new("srv-1", " Energy") },
        ]).At(Palette.Noon.AddMilliseconds(-milliseconds));
        string.Join(',', Ask(world, centre, "soc.be").ShouldNotBeNull().Core.Single().Sectors).ShouldBe(sectors);
        Ask(world, centre, "csirt.fr").ShouldNotBeNull().Core.Single().Sectors.ShouldBeEmpty();
        Compare(world, new("soc.be"), world.Now);
    }

    [Fact]
    public void Chain_AsLongAsTheBoundAndBeyond_IsWalkedAndThenCutOffClearly()
    {
        foreach (var (length, truncated) in new[] { (IncidentWalk.CoreMax, false), (IncidentWalk.CoreMax + 1, true) })
        {
            var nodes = Enumerable.Range(0, length).Select(i => Value($"c{i:d4}.example")).ToList();
            var world = WorldOf([.. nodes.Zip(nodes.Skip(1)).SelectMany(
                pair => new[] { Seen("soc.be", pair.First, pair.Second), Seen("soc.de", pair.First, pair.Second) })]);
            var incident = Ask(world, nodes[0]).ShouldNotBeNull();
            incident.Core.Length.ShouldBe(IncidentWalk.CoreMax);
            incident.IsTruncated.ShouldBe(truncated);
        }
    }

    [Fact]
    public void Bridge_ThatThePartnerMayNotSee_JoinsNothing()
    {
        var (left, right) = (Value("left.example"), Value("right.example"));
        MS.Sighting[] seen = [Seen("soc.be", left), Seen("soc.de", left), Seen("soc.be", right), Seen("soc.de", right)];
        var bridge = Seen("soc.be", left, right) with
        {
            Marking = new(MS.Tlp.Red, MS.Pap.Clear, MS.Attribution.Jurisdiction, [], null, null),
        };
        var world = WorldOf([.. seen, bridge]);
        Ask(world, left, "csirt.fr").ShouldNotBeNull().Core.Length.ShouldBe(1);
        Ask(world, left, "soc.be").ShouldNotBeNull().Core.Length.ShouldBe(2);
        Compare(world, new("csirt.fr"), world.Now);
        Compare(world, new("soc.be"), world.Now);
    }

    [Fact]
    public void ValueWithEverything_JoinsNothingAndStaysAnswerable()
    {
        var everywhere = Value("everywhere.example");
        var pairs = Enumerable.Range(0, 150).Select(i => Value($"p{i}.example")).ToList();
        var world = WorldOf([.. pairs.SelectMany(
            node => new[] { Seen("soc.be", everywhere, node), Seen("soc.de", everywhere, node) })]);
        Ask(world, everywhere).ShouldBeNull();
        var incident = Ask(world, pairs[0]).ShouldNotBeNull();
        incident.Core.Length.ShouldBe(1);
        incident.Fringe.ShouldBe([everywhere.ToProduct()]);
        Compare(world, new("csirt.fr"), world.Now, asked: 5);
    }

    // Each value of the world, and those that are no part of any incident.
    private void Compare(
        M.World world, M.Caller caller, DateTimeOffset at, Func<MS.Observable, bool>? listed = null, int asked = int.MaxValue)
    {
        var grid = new ComposedGrid(world);
        var clearance = new Clearance(caller.ToProduct(), grid.History);
        var picture = new MI.Picture(
            world.Sightings.Select(each => MD.Form.Of(world, each, caller, at)).OfType<MD.Form>(), at, listed);
        foreach (var node in world.Observables.Take(asked))
        {
            var incident = grid.Incident(
                node.ToProduct(), clearance, at.ToUnixTimeMilliseconds(), each => listed?.Invoke(each.ToModel()) == true);
            Sample.Same(ToText(incident), picture.Of(node)?.ToText() ?? MV.Text.NotFound, $"{node} for {caller} at {MV.Text.Instant(at)}");
            Interlocked.Increment(ref _questions);
            if (incident is null) continue;
            foreach (var core in incident.Core) core.Sectors.ShouldBe(picture.SectorsOf(core.Observable.ToModel()), $"{node} for {caller}");
            Interlocked.Increment(ref _found);
            if (incident.Core.Length > 1) Interlocked.Increment(ref _linked);
        }
    }

    private static bool Incident(M.World world, MS.Observable node) => Ask(world, node) is not null;

    private static Incident? Ask(M.World world, MS.Observable node, string caller = "csirt.fr")
    {
        var grid = new ComposedGrid(world);
        return grid.Incident(
            node.ToProduct(), new Clearance(new(caller), grid.History), world.Now.ToUnixTimeMilliseconds());
    }

    internal static string ToText(Incident? incident) => incident is null ? MV.Text.NotFound : new MI.Incident(
        incident.Name.ToModel(),
        [.. incident.Core.Select(node => (node.Observable.ToModel(), ModelMapping.Instant(node.Since)))],
        [.. incident.Links.Select(link => (link.One.ToModel(), link.Two.ToModel()))],
        [.. incident.Fringe.Select(node => node.ToModel())],
        [.. incident.Contributions.Select(ViewText.ToForm)]).ToText();

    private static MS.Observable Value(string text) => new("domain-name", text);

    private static MS.Sighting Seen(string owner, params MS.Observable[] observables) =>
        Template with { Id = Guid.NewGuid().ToString(), Owner = owner, Observables = [.. observables.Order()] };

    private static M.World WorldOf(IReadOnlyList<MS.Sighting> sightings) => new(
        [
            new(1, Palette.Noon.AddDays(-30),
                [.. Palette.Organisations.Select(o => new M.Policy.Organisation(o.Id, o.Jurisdiction, o.Kind, [], []))], []),
        ],
        sightings, Palette.Noon);
}
