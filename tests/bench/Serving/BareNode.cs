using CrossBorderSoc.Contracts;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Placement;
using CrossBorderSoc.Tests.Bench.Traffic;
using Orleans.Configuration;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>
/// The baseline of the budgets: the product's listener, protos, tokens, placement and directory; one immutable grain call per
/// value per batch; nothing stored.
/// </summary>
internal sealed class BareNode(WebApplication app, DevelopmentIdentities identities) : IServed
{
    public long PendingRecords => 0;

    public static async Task<BareNode> Start(string directory, Home[] homes, CancellationToken cancellation)
    {
        var data = BenchData.Find();
        var identities = new DevelopmentIdentities(directory, homes, TimeProvider.System);
        identities.WriteTokens(data.Organisations.Select(o => o.Id));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.ConfigureGateway();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(data).AddSingleton<BareActors>()
            .AddSingleton(identities.CreateVerifier()).AddGrpc();
        builder.Host.UseOrleans(silo => AddSilo(silo, homes));
        var app = builder.Build();
        app.MapGrpcService<BareSightings>();
        await app.StartAsync(cancellation);
        return new(app, identities);
    }

    public Task<string> MeasureMemory(string arguments) => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        identities.Dispose();
    }

    private static void AddSilo(ISiloBuilder silo, Home[] homes)
    {
        var own = SiloSetup.FreeEndpoint();
        silo.UseDevelopmentClustering(own);
        silo.Configure<EndpointOptions>(o =>
            (o.AdvertisedIPAddress, o.SiloPort, o.SiloListeningEndpoint, o.GatewayPort) = (own.Address, own.Port, own, 0));
        silo.Configure<SiloOptions>(o => o.SiloName = CarriedHomes.SiloName(homes, "bare-0"));
        silo.AddCarriedPlacement();
    }
}
