using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Consortium;
using CrossBorderSoc.Gateway.Containment;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Push;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Gateway.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway;

/// <summary>
/// Puts the gateway into a host. The host brings <see cref="Contracts.Identity.TokenVerifier"/>,
/// <see cref="Contracts.Policy.IPolicyReplica"/>, <see cref="Contracts.Actors.IJurisdictionStatus"/>, and an
/// <see cref="IGrainFactory"/> or an <see cref="IGrid"/> of its own.
/// </summary>
public static class GatewayHosting
{
    /// <summary>Health checks with this tag decide whether the node is ready.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Asks the checks with <see cref="ReadyTag"/>, and tells those that are not healthy.</summary>
    public static HealthCheckOptions Ready => new()
    {
        Predicate = static check => check.Tags.Contains(ReadyTag),
        ResponseWriter = HealthText.Write,
    };

    // Above the limit that clients are told, so that a batch just beyond it gets its own error.
    private const int BatchMessageBytesMax = 5 * 1024 * 1024;

    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    // A question is small: an observable has 8 KiB at most.
    private const int MessageBytesMax = 64 * 1024;

    /// <summary>Registers the gateway's services.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IGrid, ActorGrid>();
        services.AddSingleton<CallerGate>();
        services.AddSingleton<Authentication>();
        services.AddSingleton<PushCapacity>();
        services.AddSingleton(provider =>
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.Warninglists is { } directory
                ? WarninglistsInForce.Of(directory) : WarninglistsInForce.Shipped());
        services.AddSingleton<WarninglistReload>();
        services.AddHostedService(provider => provider.GetRequiredService<WarninglistReload>());
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageBytesMax;
            grpc.EnableDetailedErrors = false;
            grpc.Interceptors.Add<Authentication>();
        }).AddServiceOptions<PushEndpoint>(push => push.MaxReceiveMessageSize = BatchMessageBytesMax)
            .AddServiceOptions<AnalysisEndpoint>(analysis => analysis.Interceptors.Add<QuestionGate>())
            .AddServiceOptions<IncidentEndpoint>(incidents => incidents.Interceptors.Add<QuestionGate>());
        services.AddSingleton<QuestionShares>().AddSingleton<QuestionGate>();
        services.AddSingleton<WatchTicks>().AddSingleton<WatchClasses>().AddSingleton<WatchShares>();
        services.AddOptions<WebhooksOptions>().Bind(configuration.GetSection(WebhooksOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhooksOptions>, WebhooksValidation>();
        services.AddSingleton<WebhookPlans>().AddSingleton<WebhookStatuses>().AddHostedService<WebhookService>();
        services.AddGrpcHealthChecks();
        services.AddGrpcReflection();
        services.AddHealthChecks();
        return services;
    }

    /// <summary>Opens the gateway's ports: gRPC (HTTP/2) and HTTP for health.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="mutual">Of each new connection by https: the node's certificate, and who is admitted by one of its own. Null for a server's
    /// certificate alone, that of <see cref="GatewayOptions.Certificate"/>.</param>
    /// <exception cref="InvalidOperationException">An address is none, or not loopback and without TLS.</exception>
    public static WebApplicationBuilder ConfigureGateway(
        this WebApplicationBuilder builder, Func<SslServerAuthenticationOptions>? mutual = null)
    {
        var options = builder.Configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new();
        var grpc = Listening.Parse(options.Grpc, $"{GatewayOptions.Section}:{nameof(GatewayOptions.Grpc)}");
        var http = Listening.Parse(options.Http, $"{GatewayOptions.Section}:{nameof(GatewayOptions.Http)}");
        var certificate = mutual is null ? Listening.Certificate(options, grpc, http) : NoOther(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = options.ConnectionStreams;
            // A peer that vanished without a word would hold its streams, and its organisation's share of them, for ever.
            (kestrel.Limits.Http2.KeepAlivePingDelay, kestrel.Limits.Http2.KeepAlivePingTimeout) = (PingAfter, PingTimeout);
            grpc.Open(kestrel, HttpProtocols.Http2, certificate, mutual, options.Connections);
            http.Open(kestrel, HttpProtocols.Http1, certificate, mutual, options.Connections);
        });
        return builder;
    }

    private static X509Certificate2? NoOther(GatewayOptions options) => options.Certificate is null ? null
        : throw new InvalidOperationException(
            $"{GatewayOptions.Section}:{nameof(GatewayOptions.Certificate)}: is there beside Tls, whose certificate the gateway shows.");

    /// <summary>Reads the data that answers need, and maps the services, health, and in development reflection.</summary>
    /// <exception cref="IOException">Warninglists or the Public Suffix List cannot be used; the message names file and place.</exception>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.Services.GetRequiredService<WarninglistReload>().ReadFirst();
        _ = PublicSuffixes.Shipped;
        app.MapGrpcService<PushEndpoint>();
        app.MapGrpcService<AnalysisEndpoint>();
        app.MapGrpcService<WatchEndpoint>();
        app.MapGrpcService<IncidentEndpoint>();
        app.MapGrpcService<ConsortiumEndpoint>();
        app.MapGrpcHealthChecksService();
        if (app.Environment.IsDevelopment()) app.MapGrpcReflectionService();
        // Alive means that the process answers; nothing that it depends on restarts it.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/ready", Ready);
        return app;
    }
}
