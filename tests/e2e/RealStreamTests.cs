using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Tests.Model;
using CrossBorderSoc.Tests.Model.Containment;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Incidents;
using CrossBorderSoc.Tests.Model.Loading;
using CrossBorderSoc.Tests.Model.Warninglists;
using Grpc.Core;
using Shouldly;
using Xunit;
using Indicator = CrossBorderSoc.V1.Indicator;
using ModelObservable = CrossBorderSoc.Tests.Model.Sightings.Observable;
using ModelView = CrossBorderSoc.Tests.Model.Views.IndicatorView;
using WireObservable = CrossBorderSoc.V1.Observable;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>The whole real stream through a foreign client, and every organisation's view of it against the model.</summary>
public sealed class RealStreamTests
{
    private const string Clock = "2026-08-23T00:00:00Z";
    private const int Seed = 20260823;

    // The node's clock has gone on since it started; within the first hour nothing in the stream changes.
    private static readonly DateTimeOffset Now =
        DateTimeOffset.Parse(Clock, System.Globalization.CultureInfo.InvariantCulture).AddMinutes(1);

    private const int SeenInTwoStatesShown = 117;

    private static readonly ContainmentRule Containment =
        new(new(Path.Combine(Repository.SiloDirectory, "Containment", "Data", "public_suffix_list.dat")));

    [Fact]
    public async Task RealStream_PushedTwiceByPython_EveryOrganisationsViewsEqualTheModels()
    {
        Assert.SkipUnless(ForeignProducer.IsInstalled, "python3-grpcio or python3-grpc-tools is missing.");
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(
            folder.Path, "--consortium", Repository.RealStream, "--clock", Clock);
        var file = Path.Combine(Repository.RealStream, "sightings.ndjson.gz");
        (await ForeignProducer.Push(node, file)).ShouldBe(new ForeignProducer.Totals(15_508, 0, 0));
        (await ForeignProducer.Push(node, file)).ShouldBe(new ForeignProducer.Totals(0, 15_508, 0));
        await node.ReleasesCaughtUp();
        var warninglists = LoadWarninglists(folder);
        await CompareWithModel(node, warninglists);
        await CompareIncidentsWithModel(node, warninglists);
    }

    // The shipped archive, read by the tests' own matcher.
    private static Matcher LoadWarninglists(TempFolder folder)
    {
        var directory = Directory.CreateDirectory(Path.Combine(folder.Path, "warninglists")).FullName;
        using var packed = File.OpenRead(Path.Combine(Repository.SiloDirectory, "Warninglists", "Data", "warninglists.tar.gz"));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, directory, overwriteFiles: false);
        return Matcher.Load(directory);
    }

    // Every incident of every organisation, asked for by each of its core observables, and by its identifier.
    private static async Task CompareIncidentsWithModel(NodeProcess node, Matcher warninglists)
    {
        var listed = new ConcurrentDictionary<ModelObservable, bool>();
        var world = RealStream.Load(Repository.RealStream, Now, Canonical);
        var ids = new Dictionary<ModelObservable, string>();
        var (asked, larger) = (0, 0);
        using var grid = node.Connect();
        foreach (var (organisation, incidents) in world.Versions[0].Organisations.AsParallel().AsOrdered().Select(
            o => (o, Incidents(world, o.Id, value => listed.GetOrAdd(value, warninglists.Holds)))))
        {
            var views = new GridViews(grid.Invoker, node.TokenOf(organisation.Id));
            foreach (var incident in incidents)
            {
                foreach (var (core, _) in incident.Core)
                {
                    var answer = await views.IncidentAsync(new() { Observable = Wire(core) }, CancellationToken.None);
                    WireText.Of(answer.Incident, incident.Name).ShouldBe(incident.ToText(), $"as {organisation.Id}");
                    ids.TryAdd(incident.Name, answer.Incident.Id);
                    answer.Incident.Id.ShouldBe(ids[incident.Name]);
                    asked++;
                }
                (await views.IncidentAsync(new() { IncidentId = ids[incident.Name] }, CancellationToken.None)).Incident.Core.Count
                    .ShouldBe(incident.Core.Count);
                if (incident.Core.Count > 1) larger++;
            }
            await RealLists.CompareIncidents(views, incidents, ids);
            foreach (var fringe in incidents.SelectMany(i => i.Fringe).Distinct().Take(3))
                (await Should.ThrowAsync<RpcException>(() =>
                    views.IncidentAsync(new() { Observable = Wire(fringe) }, CancellationToken.None))).StatusCode.ShouldBe(StatusCode.NotFound);
        }
        ids.Values.Distinct().Count().ShouldBe(ids.Count);
        asked.ShouldBeGreaterThan(500);
        larger.ShouldBeGreaterThan(20);
    }

    private static IReadOnlyList<Incident> Incidents(World world, string organisation, Func<ModelObservable, bool> listed) =>
        new Picture(FormsOf(world, organisation), Now, listed).All();

    private static IEnumerable<Form> FormsOf(World world, string organisation) =>
        world.Sightings.Select(s => Form.Of(world, s, new Caller(organisation), Now)).OfType<Form>();

    private static WireObservable Wire(ModelObservable one) => new() { Type = one.Type, Value = one.Value };

    private static async Task CompareWithModel(NodeProcess node, Matcher warninglists)
    {
        var world = RealStream.Load(Repository.RealStream, Now, Canonical);
        var shown = Shown(world);
        shown.Count.ShouldBe(200);
        var seen = shown.ToDictionary(o => o, _ => new HashSet<string>());
        var hits = shown.ToDictionary(o => o, warninglists.NamesOf);
        var everything = world.Sightings.SelectMany(sighting => sighting.Observables).Distinct().ToList();
        var containers = shown.ToDictionary(o => o, o => Containment.Among(o, everything));
        var contained = 0;
        using var grid = node.Connect();
        foreach (var organisation in world.Versions[0].Organisations)
        {
            var views = new GridViews(grid.Invoker, node.TokenOf(organisation.Id));
            var visible = FormsOf(world, organisation.Id).SelectMany(form => form.Observables).ToHashSet();
            foreach (var observable in shown)
            {
                var expected = ModelView.ToText(ModelView.Of(
                    world, observable, new Caller(organisation.Id), Now, isOnWarninglist: hits[observable].Count > 0));
                var indicator = await See(views, observable);
                var actual = indicator is null ? Tests.Model.Views.Text.NotFound : WireText.Of(indicator);
                actual.ShouldBe(expected, $"as {organisation.Id}");
                seen[observable].Add(actual);
                if (indicator is null) continue;
                indicator.Warninglists.ShouldBe(hits[observable], observable.ToString());
                indicator.ContainedIn.Select(each => new ModelObservable(each.Type, each.Value))
                    .ShouldBe(containers[observable].Where(visible.Contains), $"{observable} as {organisation.Id}");
                contained += indicator.ContainedIn.Count;
            }
        }
        foreach (var organisation in new[] { "nsoc.dk", "enisa" })
            await RealLists.CompareIndicators(
                new GridViews(grid.Invoker, node.TokenOf(organisation)), [.. FormsOf(world, organisation)], warninglists);
        contained.ShouldBeGreaterThan(100);
        hits.Count(each => each.Value.Count > 0).ShouldBeGreaterThan(0);
        seen.Count(views => views.Value.Count > 1).ShouldBeGreaterThanOrEqualTo(50);
    }

    // Every value seen in at least three states, and some drawn by seed from those seen in two.
    private static List<ModelObservable> Shown(World world)
    {
        var states = world.Sightings
            .SelectMany(s => s.Observables.Select(o => (Observable: o, State: world.JurisdictionOf(s))))
            .GroupBy(p => p.Observable, p => p.State)
            .Select(g => (Observable: g.Key, States: g.Distinct().Count())).OrderBy(p => p.Observable).ToList();
        var dice = new Random(Seed);
        var two = states.Where(p => p.States == 2).Select(p => p.Observable).OrderBy(_ => dice.Next()).ToList();
        var more = states.Where(p => p.States >= 3).Select(p => p.Observable).ToList();
        return [.. more, .. two.Take(200 - more.Count)];
    }

    private static async Task<Indicator?> See(GridViews views, ModelObservable observable)
    {
        try
        {
            return (await views.IndicatorAsync(Wire(observable), CancellationToken.None)).Indicator;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private static (string Type, string Value) Canonical(string type, string value) =>
        ObservableParser.TryParse(type, value, out var observable, out var error)
            ? (ObservableTypes.NameOf(observable.Type), observable.Text)
            : throw new InvalidOperationException($"{type}: {error.Reason}");
}
