using System.Security.Cryptography;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Push;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Tests.Unit.Identity;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A gateway on real ports of the loopback, before a grid that a test drives.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _homeBe = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication _app;

    private RunningGateway(TimeProvider time, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Configuration["Gateway:Grpc"] = "http://127.0.0.1:0";
        builder.Configuration["Gateway:Http"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.Services.AddSingleton(time).AddSingleton<IGrid>(Grid).AddSingleton<IPolicyReplica>(Grid)
            .AddSingleton<IJurisdictionStatus>(Grid);
        builder.Services.AddSingleton(new TokenVerifier(
            TokenClaims.DevelopmentIssuer, TokenForge.Keys(("issuer", _issuer), ("home-BE", _homeBe)),
            new FakeTimeProvider(TokenForge.Start)));
        builder.Services.AddGateway(builder.Configuration);
        // The values of tests are documentation's, which are on a list that ships: only who gives lists has some.
        if (!settings.Any(setting => setting.Key == "Gateway:Warninglists"))
            builder.Services.AddSingleton(new WarninglistsInForce(() => WarninglistSet.Empty));
        builder.ConfigureGateway();
        _app = builder.Build();
        _app.MapGateway();
    }

    public FakeGrid Grid { get; } = new();

    public GrpcChannel Channel { get; private set; } = null!;

    public string GrpcAddress { get; private set; } = "";

    public string HttpAddress { get; private set; } = "";

    /// <summary>Bytes of batches that are held now.</summary>
    public long HeldBytes => _app.Services.GetRequiredService<PushCapacity>().Budget.Held;

    public WarninglistsInForce Warninglists => _app.Services.GetRequiredService<WarninglistsInForce>();

    public bool IsStopping => _app.Lifetime.ApplicationStopping.IsCancellationRequested;

    public Task Stop() => _app.StopAsync();

    public static Task<RunningGateway> Start(params (string Key, string Value)[] settings) => Start(TimeProvider.System, settings);

    public static async Task<RunningGateway> Start(TimeProvider time, params (string Key, string Value)[] settings)
    {
        var gateway = new RunningGateway(time, settings);
        await gateway._app.StartAsync();
        // In the order in which they were opened: gRPC, then HTTP.
        var addresses = gateway._app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (gateway.GrpcAddress, gateway.HttpAddress) = (addresses[0], addresses[1]);
        gateway.Channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        return gateway;
    }

    public Metadata As(string organisation) => Bearer(
        TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", organisation))).Text);

    public Metadata AsHome() => Bearer(TokenForge.Es256(_homeBe, "home-BE", TokenForge.Claims(("home", "BE"))).Text);

    public static Metadata Bearer(string token) => new() { { "authorization", "Bearer " + token } };

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
        _issuer.Dispose();
        _homeBe.Dispose();
    }
}
