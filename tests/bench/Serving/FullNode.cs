using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Settings;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>The product: store, policy, identities, silo and gateway, brought up as the node's own start does.</summary>
internal sealed class FullNode : IServed
{
    private readonly WebApplication _app;
    private readonly NodeStores _store;
    private readonly DevelopmentIdentities _identities;

    private FullNode(WebApplication app, NodeStores store, DevelopmentIdentities identities) =>
        (_app, _store, _identities) = (app, store, identities);

    public long PendingRecords => _app.Services.GetRequiredService<ReleaseLag>().PendingRecords;

    public static async Task<FullNode> Start(string directory, Home[] homes, CancellationToken cancellation)
    {
        var options = new NodeOptions(directory, BenchData.Find().Consortium, SyntheticStreams.Clock, Demo: false);
        var time = new NodeClock(SyntheticStreams.Clock);
        var compartments = new CompartmentCache();
        var outage = new StoreOutage();
        var settings = NodeSettings.Alone(options.Data, [.. homes]);
        var store = await NodeStores.Open(
            settings.Stores, new StoreOpening(time, compartments, new StoreDamage(), outage, new StoreNotices()).Open);
        var policy = await PolicyOpening.Open(options.Consortium, store[Home.Hub], cancellation);
        var identities = new DevelopmentIdentities(options.Data, homes, time);
        identities.WriteTokens(policy.Newest!.Organisations.Select(o => o.Id));
        var app = NodeApplication.Begin().Build(new NodeParts(settings, store, identities, compartments, time, outage));
        await app.StartAsync(cancellation);
        await NodeReadiness.Wait(app.Services, time, cancellation);
        return new(app, store, identities);
    }

    public Task<string> MeasureMemory(string arguments) =>
        new ActorMemory(_app.Services, _identities).Measure(arguments);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _identities.Dispose();
    }
}
