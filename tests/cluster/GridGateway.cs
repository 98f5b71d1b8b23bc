using System.Net.Security;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>The product's gateway on a free port of the loopback, before the actors of a silo.</summary>
internal sealed class GridGateway : IAsyncDisposable
{
    private readonly TestGrid _grid;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private GridGateway(TestGrid grid, WebApplication app)
    {
        (_grid, _app) = (grid, app);
        // gRPC is opened first, then HTTP.
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (Grpc, Http) = (addresses[0], addresses[1]);
        _channel = GrpcChannel.ForAddress(Grpc);
    }

    public string Grpc { get; }

    public string Http { get; }

    /// <summary>Starts it before a silo, with mutual TLS when it is given any.</summary>
    public static async Task<GridGateway> Start(
        TestGrid grid, string node, ILoggerProvider? logs = null, Func<SslServerAuthenticationOptions>? mutual = null)
    {
        var silo = grid.Silos[node].Services;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        if (logs is not null) builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Configuration["Gateway:Grpc"] = builder.Configuration["Gateway:Http"] = (mutual is null ? "http" : "https") + "://127.0.0.1:0";
        builder.Services.AddSingleton(silo.GetRequiredService<IGrainFactory>())
            .AddSingleton(silo.GetRequiredService<IPolicyReplica>()).AddSingleton(silo.GetRequiredService<IJurisdictionStatus>())
            .AddSingleton(silo.GetRequiredService<TokenVerifier>()).AddSingleton(silo.GetRequiredService<TimeProvider>());
        builder.ConfigureGateway(mutual);
        builder.Services.AddGateway(builder.Configuration);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new(grid, app);
    }

    /// <summary>Makes a call as an organisation.</summary>
    public Task<Heard> Ask(string organisation, RpcCase question, CancellationToken cancellation = default) =>
        Heard.From(_channel, _grid.TokenOf(organisation).Text, question, cancellation);

    /// <summary>Watches as an organisation.</summary>
    public AsyncServerStreamingCall<V1.WatchResponse> Watch(string organisation, V1.WatchRequest request) =>
        new V1.WatchService.WatchServiceClient(_channel).Watch(
            request, new Metadata { { "authorization", "Bearer " + _grid.TokenOf(organisation).Text } });

    /// <summary>Ends when no call is being answered any more.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
