using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Silo.Demo;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Identity;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// One node of the grid: store, policy, identities, silo and gateway, brought up in that order and down in the reverse one.
/// </summary>
internal static class Node
{
    /// <summary>What an all-in-one node carries: every jurisdiction and the hub.</summary>
    internal static Home[] Homes { get; } =
        [.. Jurisdictions.All.Order(StringComparer.Ordinal).Select(j => new Home(j)), Home.Hub];

    /// <summary>Runs a node until it is told to stop.</summary>
    /// <exception cref="StartRefusedException">It cannot start as configured.</exception>
    public static async Task Run(NodeOptions options, CancellationToken cancellation)
    {
        NodeEnvironment.RequireDevelopment();
        TimeProvider time = options.Clock is { } start ? new NodeClock(start) : TimeProvider.System;
        var compartments = new CompartmentCache();
        var (damage, outage) = (new StoreDamage(), new StoreOutage());
        await using var store = StoreOpening.Open(options.StoreDirectory, Homes, time, compartments, damage, outage);
        var policy = await PolicyOpening.Open(ConsortiumOf(options), store[Home.Hub], cancellation);
        using var identities = IdentityOpening.Open(options, Homes, policy, time);
        await using var app = Build(store, identities, compartments, time, outage, options);
        damage.Tell = app.Services.GetRequiredService<ILogger<StoreDamage>>();
        outage.TellTo(app.Services.GetRequiredService<ILogger<StoreOutage>>());
        await Start(app, cancellation);
        try
        {
            await Serve(options, app, policy, time, cancellation);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static WebApplication Build(
        EmbeddedStore store, DevelopmentIdentities identities, CompartmentCache compartments, TimeProvider time, StoreOutage outage,
        NodeOptions options)
    {
        try
        {
            return NodeApplication.Build(
                store, identities, compartments, time, outage, options.Warninglists, options.WebhookDirectory);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or FormatException or IOException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    private static async Task Start(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or OptionsValidationException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    private static async Task Serve(
        NodeOptions options, WebApplication app, PolicyHistory policy, TimeProvider time, CancellationToken cancellation)
    {
        var gateway = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var operatorPort = app.Configuration.GetSection(OperatorOptions.Section).Get<OperatorOptions>() ?? new();
        NodeGreeting.Show(options, gateway, operatorPort, policy);
        if (policy.Newest is not null) await NodeReadiness.Wait(app.Services, time, cancellation);
        if (options.Demo)
            await new Demonstration(options, gateway.Grpc, app.Services.GetRequiredService<ReleaseLag>(), time)
                .Run(NodeGreeting.Console, cancellation);
        Console.WriteLine("Ready. Ctrl-C drains and stops.");
        await app.WaitForShutdownAsync(cancellation);
    }

    private static string? ConsortiumOf(NodeOptions options) =>
        options.Consortium ?? (options.Demo ? Demonstration.ConsortiumDirectory : null);
}
