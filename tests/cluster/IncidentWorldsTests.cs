using System.Collections.Concurrent;
using System.Globalization;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Tests.Model;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Model.Incidents;
using CrossBorderSoc.Tests.Unit.Disclosure;
using Shouldly;
using Xunit;
using ModelIncident = CrossBorderSoc.Tests.Model.Incidents.Incident;
using ModelObservable = CrossBorderSoc.Tests.Model.Sightings.Observable;
using Organisation = CrossBorderSoc.Contracts.Policy.Organisation;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Partners' incidents out of real clusters of two silos are the model's, on random worlds; each identifier leads back to its value.
/// 100 worlds every run; <c>CLUSTER_WORLDS</c> for more, the first of which are the same.
/// </summary>
public sealed class IncidentWorldsTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20261128;
    private const int WorldsPerGrid = 100;
    private const int WorldsAtOnce = 4;
    private const int CallersPerWorld = 3;

    private readonly ConcurrentDictionary<string, ModelObservable> _named = [];
    private long _questions;
    private long _found;
    private long _linked;
    private long _hidden;

    [Fact]
    public async Task Incidents_OfRandomWorldsThroughAClusterOfTwoSilos_AreTheModels()
    {
        var wanted = int.Parse(Environment.GetEnvironmentVariable("CLUSTER_WORLDS") ?? "100", CultureInfo.InvariantCulture);
        foreach (var worlds in SideBySide.Worlds(FirstSeed).Take(wanted).Chunk(WorldsPerGrid)) await Compare(worlds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{wanted} worlds, {_questions} questions, {_found} incidents, {_linked} with more than one core node, {_hidden} that only some see"));
        _found.ShouldBeGreaterThan(wanted);
        _linked.ShouldBeGreaterThan(wanted / 4);
        _hidden.ShouldBeGreaterThan(wanted / 4);
    }

    private async Task Compare(World[] worlds)
    {
        var policy = ((IReadOnlyList<Model.Policy.PolicyVersion>)[SideBySide.Together(worlds)]).ToProduct()[1].Newest!;
        var setup = new GridSetup(policy.Organisations, policy.Agreements) { Time = new NodeClock(SideBySide.Clock) };
        await using var grid = await TestGrid.Start(setup, new("hub-0", "hub", "EU", "BE"), new("fr-0", "FR", "DE"));
        var some = new ParallelOptions { MaxDegreeOfParallelism = WorldsAtOnce };
        await Parallel.ForEachAsync(worlds, some, async (world, _) => await Push(grid, world));
        await grid.ReleasesCaughtUp();
        var byId = policy.Organisations.ToDictionary(each => each.Id);
        _named.Clear();
        await Parallel.ForEachAsync(worlds, some, async (world, _) => await Compare(grid, world, byId));
    }

    private static async Task Push(TestGrid grid, World world)
    {
        foreach (var own in world.Sightings.GroupBy(each => each.Owner))
        {
            var sightings = own.ToList();
            var lane = ActorKeys.Lane(new(world.JurisdictionOf(sightings[0])), 1);
            var outcome = await grid.Actors("hub-0").GetGrain<IIntake>(lane).Accept(grid.TokenOf(own.Key), ModelBatch.Of(sightings));
            outcome.Accepted.ShouldBe(sightings.Count);
        }
    }

    private async Task Compare(TestGrid grid, World world, Dictionary<string, Organisation> byId)
    {
        var seen = new Dictionary<ModelObservable, HashSet<string>>();
        var dice = new Dice(world.Sightings.Count);
        foreach (var caller in dice.Some(world.Versions[0].Organisations, CallersPerWorld).Select(each => byId[each.Id]))
        {
            var forms = world.Sightings.Select(each => Form.Of(world, each, new(caller.Id), world.Now)).OfType<Form>();
            var picture = new Picture(forms, world.Now);
            foreach (var value in world.Observables)
            {
                var expected = picture.Of(value)?.ToText() ?? "none";
                (await Ask(grid, dice.Pick(["hub-0", "fr-0"]), caller, value)).ShouldBe(expected, $"{value} for {caller.Id}");
                Interlocked.Increment(ref _questions);
                if (seen.TryGetValue(value, out var others) ? others.Add(expected) && others.Count == 2 : !seen.TryAdd(value, [expected]))
                    Interlocked.Increment(ref _hidden);
            }
        }
    }

    private async Task<string> Ask(TestGrid grid, string node, Organisation caller, ModelObservable value)
    {
        if (await grid.IncidentAround(node, caller, value.ToProduct()) is not var (incident, id)) return "none";
        incident.IsTruncated.ShouldBeFalse();
        Interlocked.Increment(ref _found);
        if (incident.Core.Length > 1) Interlocked.Increment(ref _linked);
        // One identifier for one value, whoever is told of it; and each finds it.
        _named.TryAdd(id, incident.Name.ToModel());
        (await grid.FindIncident(node, caller, id)).ShouldBe(incident.Name);
        _named[id].ShouldBe(incident.Name.ToModel());
        return new ModelIncident(
            incident.Name.ToModel(),
            [.. incident.Core.Select(node => (node.Observable.ToModel(), ModelMapping.Instant(node.Since)))],
            [.. incident.Links.Select(link => (link.One.ToModel(), link.Two.ToModel()))],
            [.. incident.Fringe.Select(node => node.ToModel())],
            [.. incident.Contributions.Select(ViewText.ToForm)]).ToText();
    }
}
