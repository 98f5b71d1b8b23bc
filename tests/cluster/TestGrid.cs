using System.Net;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Containment;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Grains.Consortium;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Caller = CrossBorderSoc.Gateway.Identity.Caller;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// A real Orleans cluster over loopback sockets: several silos, each with the homes that its plan names and a RocksDB store of
/// its own, set up by the product's own code.
/// </summary>
internal sealed class TestGrid : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("socgrid-cluster-").FullName;
    private readonly Dictionary<string, IHost> _silos = [];
    private readonly List<EmbeddedStore> _stores = [];
    private readonly DevelopmentIdentities _identities;
    private readonly GridSetup _setup;
    private IPEndPoint? _primary;

    private TestGrid(GridSetup setup)
    {
        _setup = setup;
        _identities = new(setup.Identities ?? _folder, NodeSettings.AllHomes, setup.Time);
    }

    public IReadOnlyDictionary<string, IHost> Silos => _silos;

    /// <summary>Starts one silo after the other. A plan is <c>node: homes</c>; the first one carries the hub.</summary>
    public static Task<TestGrid> Start(
        IReadOnlyList<Organisation> organisations, IReadOnlyList<Agreement> agreements, params SiloPlan[] plans) =>
        Start(new(organisations, agreements), plans);

    /// <inheritdoc cref="Start(IReadOnlyList{Organisation}, IReadOnlyList{Agreement}, SiloPlan[])"/>
    public static async Task<TestGrid> Start(GridSetup setup, params SiloPlan[] plans)
    {
        var grid = new TestGrid(setup);
        foreach (var plan in plans)
        {
            var store = plan.Store ?? grid.OpenStore(plan.Node, plan.Homes);
            if (store.Homes.Contains(Home.Hub))
                await PolicyDocument.Append(store[Home.Hub], setup.Organisations, setup.Agreements, CancellationToken.None);
            await grid.AddSilo(plan, store);
        }
        foreach (var silo in grid._silos.Values)
            await Eventually.Holds(
                () => silo.Services.GetRequiredService<IPolicyReplica>().Current is not null, "the policy is replicated", Patience);
        return grid;
    }

    /// <summary>A store that several silos may share, to provoke what production never does.</summary>
    public static EmbeddedStore OpenStoreAt(string directory, params string[] homes) => EmbeddedStore.Open(new()
    {
        Directory = directory,
        Homes = [.. homes.Select(h => new Home(h))],
        Census = new LedgerMarkingCensus(new CompartmentCache()),
    });

    public CallerToken TokenOf(string organisation) => _identities.ForOrganisation(organisation);

    public CallerToken TokenOf(Home home) => _identities.ForHome(home);

    public CallerToken GatewaysToken => _identities.ForGateway();

    /// <summary>A question of an organisation, as of now on a node.</summary>
    public Question Ask(string node, string organisation) =>
        new(TokenOf(organisation), _silos[node].Services.GetRequiredService<IPolicyReplica>().Now);

    public IGrainFactory Actors(string node) => _silos[node].Services.GetRequiredService<IGrainFactory>();

    /// <summary>Pushes sightings of an owner through a lane, as a gateway on that node would.</summary>
    public ValueTask<BatchOutcome> Push(string node, string owner, string jurisdiction, params TestSighting[] sightings) =>
        Actors(node).GetGrain<IIntake>(ActorKeys.Lane(new(jurisdiction), 1)).Accept(TokenOf(owner), TestSighting.Batch(sightings));

    /// <summary>The merged view of an organisation, asked on a node with the gateway's own code.</summary>
    public async Task<IndicatorView> View(string node, Organisation organisation, Observable observable)
    {
        var services = _silos[node].Services;
        var question = new IndicatorQuestion(new ActorGrid(services.GetRequiredService<IGrainFactory>()), OneAnswerOf(services));
        var policy = services.GetRequiredService<IPolicyReplica>().Current!;
        return (await question.Ask(new(TokenOf(organisation.Id), organisation, policy.Newest!), observable)).View;
    }

    /// <summary>The incident of an organisation around a value, and its identifier, asked on a node with the gateway's own code.</summary>
    public async Task<(Incident Incident, string Id)?> IncidentAround(string node, Organisation organisation, Observable observable)
    {
        var services = _silos[node].Services;
        var grid = new ActorGrid(services.GetRequiredService<IGrainFactory>());
        var policy = services.GetRequiredService<IPolicyReplica>();
        var question = new IncidentQuestion(grid, OneAnswerOf(services), new(() => WarninglistSet.Empty));
        var caller = new Caller(TokenOf(organisation.Id), organisation, policy.Current!.Newest!);
        return (await question.Ask(caller, observable)).View is { } incident
            ? (incident, await new IncidentNames(grid, OneAnswerOf(services)).Name(caller, incident.Name))
            : null;
    }

    /// <summary>What an identifier leads an organisation to, asked on a node with the gateway's own code.</summary>
    public async Task<Observable?> FindIncident(string node, Organisation organisation, string id)
    {
        var services = _silos[node].Services;
        var policy = services.GetRequiredService<IPolicyReplica>();
        var caller = new Caller(TokenOf(organisation.Id), organisation, policy.Current!.Newest!);
        return (await new IncidentNames(new ActorGrid(services.GetRequiredService<IGrainFactory>()), OneAnswerOf(services)).Find(caller, id)).View;
    }

    /// <summary>Within which indicators of an organisation's view a value lies, asked on a node with the gateway's own code.</summary>
    public async Task<IReadOnlyList<Observable>> ContainersOf(string node, Organisation organisation, Observable observable)
    {
        var services = _silos[node].Services;
        var question = new ContainmentQuestion(new ActorGrid(services.GetRequiredService<IGrainFactory>()), PublicSuffixes.Shipped);
        var policy = services.GetRequiredService<IPolicyReplica>().Current!;
        var caller = new Caller(TokenOf(organisation.Id), organisation, policy.Newest!);
        return (await OneAnswerOf(services).Ask(caller, asking => question.Ask(caller, observable, asking))).View;
    }

    /// <summary>Waits until the hub has what may leave the jurisdictions of every silo, and everything is listed.</summary>
    public Task ReleasesCaughtUp() => Eventually.Holds(
        () => _silos.Values.All(s => s.Services.GetRequiredService<Grains.Releases.ReleaseLag>().PendingRecords == 0
            && s.Services.GetRequiredService<Grains.LastSeen.LastSeenLag>().PendingRecords(CancellationToken.None).AsTask()
                .GetAwaiter().GetResult() == 0),
        "the releases have caught up", Patience);

    public async Task Stop(string node)
    {
        await _silos[node].StopAsync();
        _silos[node].Dispose();
        _silos.Remove(node);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _silos.Keys.Reverse().ToList()) await Stop(node);
        foreach (var store in _stores) await store.DisposeAsync();
        _identities.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static OneAnswer OneAnswerOf(IServiceProvider services) => new(
        services.GetRequiredService<IJurisdictionStatus>(), services.GetRequiredService<IPolicyReplica>(), TimeProvider.System);

    private EmbeddedStore OpenStore(string node, string[] homes)
    {
        var store = OpenStoreAt(Path.Combine(_folder, node), homes);
        _stores.Add(store);
        return store;
    }

    /// <summary>Begins to start one more silo, which need not succeed.</summary>
    public StartingSilo Begin(SiloPlan plan)
    {
        var (host, _) = Build(plan, OpenStore(plan.Node, plan.Homes));
        return new(host);
    }

    private async Task AddSilo(SiloPlan plan, IGridStore store)
    {
        var (host, own) = Build(plan, store);
        _primary ??= own;
        _silos[plan.Node] = host;
        await host.StartAsync();
    }

    private (IHost Host, IPEndPoint Own) Build(SiloPlan plan, IGridStore store)
    {
        var own = SiloSetup.FreeEndpoint();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        if (_setup.Logs is { } logs) builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.UseOrleans(silo =>
        {
            silo.AddDevelopmentSilo(store.Homes, plan.Node, own, _primary ?? own);
            plan.Change?.Invoke(silo);
        });
        builder.Services.AddGridDomain(store, _identities, new CompartmentCache(), _setup.Time);
        builder.Services.AddSingleton<IJurisdictionStatus, JurisdictionStatus>();
        return (builder.Build(), own);
    }
}

/// <summary>What the silos of a test have in common.</summary>
internal sealed record GridSetup(IReadOnlyList<Organisation> Organisations, IReadOnlyList<Agreement> Agreements)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A folder of identities that several grids share, their keys and secrets; by default each has its own.</summary>
    public string? Identities { get; init; }

    /// <summary>Hears everything that the silos say; by default nobody does.</summary>
    public ILoggerProvider? Logs { get; init; }
}

/// <summary>One silo of a test.</summary>
internal sealed record SiloPlan(string Node, params string[] Homes)
{
    public IGridStore? Store { get; init; }
    public Action<ISiloBuilder>? Change { get; init; }
}
