using System.Text.Json;
using System.Text.Json.Serialization;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// What the node tells its operator and nobody else: how many ledger records of its jurisdictions the hub has not applied yet, and
/// how many of its homes are in no list yet, and what the hub dropped of those that went back; how its webhooks fare; and
/// whether it is alive, has started and is ready, for probes. These numbers count everybody's records, so they never stand on a port
/// that partners may reach. The port decides, as the server knows it, and nothing that a client says: no path of the gateway is answered here,
/// and none of this there.
/// </summary>
internal static class OperatorPort
{
    /// <summary>Where the releases' lag is told.</summary>
    public const string ReleasesPath = "/health/releases";

    /// <summary>Where it is told how webhooks fare.</summary>
    public const string WebhooksPath = "/health/webhooks";

    private const string LivePath = "/health/live";
    private const string StartupPath = "/health/startup";
    private const string ReadyPath = "/health/ready";

    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly JsonSerializerOptions WithoutNull = new(Snake) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Opens the operator's port.</summary>
    /// <exception cref="InvalidOperationException">The address is none, or not loopback.</exception>
    public static void ConfigureOperatorPort(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(OperatorOptions.Section).Get<OperatorOptions>() ?? new();
        var endpoint = options.Endpoint();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection =>
            {
                connection.Features.Set(Mark.Only);
                return next(connection);
            });
        }));
    }

    /// <summary>Answers on the operator's port; stands before everything else that is mapped.</summary>
    public static void MapOperatorPort(this WebApplication app) => app.MapWhen(
        context => context.Features.Get<Mark>() is not null, branch => branch
            .Use(RefuseStrangers).UseHealthChecks(ReadyPath, GatewayHosting.Ready).Run(Answer));

    private static Task RefuseStrangers(HttpContext context, RequestDelegate next)
    {
        // A page in the operator's browser whose name was made to mean loopback says its own name here.
        var isLocal = context.Request.Host.Host is "127.0.0.1" or "[::1]" or "localhost";
        if (isLocal && HttpMethods.IsGet(context.Request.Method)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task Answer(HttpContext context)
    {
        if (context.Request.Path == LivePath) await context.Response.WriteAsync("Alive\n", context.RequestAborted);
        else if (context.Request.Path == StartupPath) await TellStartup(context);
        else if (context.Request.Path == ReleasesPath) await TellReleases(context);
        else if (context.Request.Path == WebhooksPath)
            await context.Response.WriteAsJsonAsync(
                new { Webhooks = context.RequestServices.GetRequiredService<WebhookStatuses>().All }, Snake, context.RequestAborted);
        else context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    // The ports open last, when the stores are open and the silo is active; what is left is the rest of the start.
    private static Task TellStartup(HttpContext context)
    {
        var hasStarted = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested;
        if (!hasStarted) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(hasStarted ? "Started\n" : "Starting\n", context.RequestAborted);
    }

    private static async Task TellReleases(HttpContext context)
    {
        var releases = context.RequestServices.GetRequiredService<ReleaseLag>();
        var lists = context.RequestServices.GetRequiredService<LastSeenLag>();
        try
        {
            var unlisted = await lists.PendingRecords(context.RequestAborted);
            // Of ledgers that went back; nothing where none did.
            var dropped = releases.Dropped is { Count: > 0 } some ? some : null;
            await context.Response.WriteAsJsonAsync(
                new { releases.PendingRecords, UnlistedRecords = unlisted, dropped }, WithoutNull, context.RequestAborted);
        }
        catch (StoreUnavailableException e)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(e.Message + "\n", context.RequestAborted);
        }
    }

    // On every connection that came in through the operator's port.
    private sealed class Mark
    {
        public static readonly Mark Only = new();
    }
}
