using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Webhooks;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Puts a node together: one silo, and the gateway in the same process.</summary>
internal static class NodeApplication
{
    /// <summary>
    /// How long a node that was told to stop waits for open calls, background work and the silo's leave, together; whatever is left is cut off.
    /// A supervisor that kills has to wait longer, as the stores are closed afterwards.
    /// </summary>
    public static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);

    /// <summary>Begins it: reads the configuration.</summary>
    /// <param name="settings">A file of settings above appsettings.json, or null.</param>
    public static WebApplicationBuilder Begin(string? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = NodeEnvironment.Name,
        });
        if (settings is not null) builder.Configuration.AddSettingsFile(settings);
        return builder;
    }

    /// <summary>Puts it together.</summary>
    public static WebApplication Build(
        this WebApplicationBuilder builder, NodeParts parts, string? warninglists = null, string? webhooks = null)
    {
        builder.Host.UseOrleans(silo =>
        {
            silo.AddGridSilo(parts.Settings);
            if (parts.Certificates is not null) silo.AddPeers(parts.Certificates);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin);
        builder.Services.AddGridDomain(parts.Store, parts.Identities, parts.Compartments, parts.Time);
        builder.Services.AddSingleton<IJurisdictionStatus, JurisdictionStatus>();
        if (warninglists is not null)
            builder.Configuration[$"{GatewayOptions.Section}:{nameof(GatewayOptions.Warninglists)}"] = warninglists;
        if (webhooks is not null) builder.Services.AddSingleton<IWebhookFiles>(new WebhookFiles(webhooks));
        builder.ConfigureGateway(GatewayTls.Of(parts.Certificates));
        builder.ConfigureOperatorPort();
        builder.Services.AddGateway(builder.Configuration);
        var health = builder.Services.AddHealthChecks().AddCheck<PolicyHealth>("policy", tags: [GatewayHosting.ReadyTag]);
        if (parts.Store.Homes.Count > 0)
        {
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<EvidenceRetention>(
                services, TimeSpan.FromDays(services.GetRequiredService<IOptions<GatewayOptions>>().Value.RetentionDays)));
            health.AddCheck("store", parts.Outage, tags: [GatewayHosting.ReadyTag]);
        }
        var app = builder.Build();
        app.MapOperatorPort();
        app.MapGateway();
        return app;
    }
}
