using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Silo.Demo;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Settings;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// One node of the grid: stores, policy, identities, silo and gateway, brought up in that order and down in the reverse one. A node
/// without the hub gets the policy from the hub, one without any home has no store.
/// </summary>
internal static class Node
{
    /// <summary>Runs a node until it is told to stop.</summary>
    /// <exception cref="StartRefusedException">It cannot start as configured.</exception>
    public static async Task Run(NodeOptions options, CancellationToken cancellation)
    {
        NodeEnvironment.RequireDevelopment();
        var builder = NodeApplication.Begin(options.Settings);
        var settings = NodeSettingsReader.Read(builder.Configuration, options.Data);
        Check(options, settings);
        TimeProvider time = options.Clock is { } start ? new NodeClock(start) : TimeProvider.System;
        var certificates = CertificatesOf(settings, time);
        var compartments = new CompartmentCache();
        var (damage, outage, notices) = (new StoreDamage(), new StoreOutage(), new StoreNotices());
        await using var stores = await NodeStores.Open(
            settings.Stores, new StoreOpening(time, compartments, damage, outage, notices).Open);
        var policy = settings.CarriesHub ? await PolicyOpening.Open(ConsortiumOf(options), stores[Home.Hub], cancellation) : null;
        using var identities = IdentityOpening.Open(settings, policy, time);
        await using var app = Build(builder, new(settings, stores, identities, compartments, time, outage, certificates), options);
        damage.Tell = app.Services.GetRequiredService<ILogger<StoreDamage>>();
        outage.TellTo(app.Services.GetRequiredService<ILogger<StoreOutage>>());
        notices.TellTo(app.Services.GetRequiredService<ILogger<StoreNotices>>());
        await Start(app, cancellation);
        try
        {
            NodeGreeting.Show(options, settings, app, identities.IsIssuer, policy);
            await Serve(options, app, policy, time, cancellation);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static void Check(NodeOptions options, NodeSettings settings)
    {
        if (options.Consortium is not null && !settings.CarriesHub)
            throw new StartRefusedException("--consortium: this node does not carry the hub (Node:Homes), which keeps the policy.");
        if (options.Demo && !settings.CarriesAll)
            throw new StartRefusedException("--demo: this node does not carry every home (Node:Homes), and the demonstration shows them all.");
    }

    private static NodeCertificates? CertificatesOf(NodeSettings settings, TimeProvider time)
    {
        try
        {
            return NodeCertificates.Of(settings, time);
        }
        catch (InvalidDataException e)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, NodeParts parts, NodeOptions options)
    {
        try
        {
            return builder.Build(parts, options.Warninglists, options.WebhookDirectory);
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
        catch (RedisException e)
        {
            throw new StartRefusedException("Cluster:Redis: the list of nodes cannot be used: " + e.Message, e);
        }
        catch (Exception e) when (e is IOException or OptionsValidationException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    private static async Task Serve(
        NodeOptions options, WebApplication app, PolicyHistory? policy, TimeProvider time, CancellationToken cancellation)
    {
        // A hub without a consortium has nothing to wait for; a node without the hub learns of one from there.
        if (policy is null or { Newest: not null }) await NodeReadiness.Wait(app.Services, time, cancellation);
        if (options.Demo)
            await new Demonstration(options, Grpc(app), app.Services.GetRequiredService<ReleaseLag>(), time)
                .Run(NodeGreeting.Console, cancellation);
        Console.WriteLine("Ready. Ctrl-C drains and stops.");
        await app.WaitForShutdownAsync(cancellation);
    }

    private static string Grpc(WebApplication app) => app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.Grpc;

    private static string? ConsortiumOf(NodeOptions options) =>
        options.Consortium ?? (options.Demo ? Demonstration.ConsortiumDirectory : null);
}
