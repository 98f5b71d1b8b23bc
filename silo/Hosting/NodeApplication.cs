using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Webhooks;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Puts a node together: one silo, and the gateway in the same process.</summary>
internal static class NodeApplication
{
    public static WebApplication Build(
        IGridStore store, DevelopmentIdentities identities, CompartmentCache compartments, TimeProvider time, StoreOutage outage,
        string? warninglists = null, string? webhooks = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = NodeEnvironment.Name,
        });
        // Nothing else joins a lone node, so any free port will do for its silo.
        var own = SiloSetup.FreeEndpoint();
        builder.Host.UseOrleans(silo => silo.AddGridSilo(store.Homes, "node-0", own, own));
        builder.Services.AddGridDomain(store, identities, compartments, time);
        builder.Services.AddSingleton<IJurisdictionStatus, JurisdictionStatus>();
        if (warninglists is not null)
            builder.Configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Warninglists)}"] = warninglists;
        if (webhooks is not null) builder.Services.AddSingleton<IWebhookFiles>(new WebhookFiles(webhooks));
        builder.ConfigureGateway();
        builder.ConfigureOperatorPort();
        builder.Services.AddGateway(builder.Configuration);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<EvidenceRetention>(
            services, TimeSpan.FromDays(services.GetRequiredService<IOptions<GatewayOptions>>().Value.RetentionDays)));
        builder.Services.AddHealthChecks().AddCheck<PolicyHealth>("policy", tags: [GatewayHosting.ReadyTag])
            .AddCheck("store", outage, tags: [GatewayHosting.ReadyTag]);
        var app = builder.Build();
        app.MapOperatorPort();
        app.MapGateway();
        return app;
    }
}
