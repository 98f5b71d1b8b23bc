using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Silo.Settings;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Says where the node listens and what it holds.</summary>
internal static class NodeGreeting
{
    private const int WidthWithoutTerminal = 120;

    /// <summary>Where the node speaks to its operator: wide enough for two columns when it is no terminal.</summary>
    public static IAnsiConsole Console { get; } = Create();

    public static void Show(NodeOptions options, NodeSettings settings, WebApplication app, bool writesTokens, PolicyHistory? policy)
    {
        var console = Console;
        var addresses = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var operatorPort = app.Configuration.GetSection(OperatorOptions.Section).Get<OperatorOptions>() ?? new();
        console.WriteLine($"gRPC {addresses.Grpc}   health {addresses.Http}/health/ready   data {options.Data}");
        console.WriteLine($"For the operator: {operatorPort.Http}{OperatorPort.ReleasesPath}");
        if (settings.Cluster.Membership != Membership.Single || !settings.CarriesAll) console.WriteLine(Place(settings));
        console.WriteLine(policy switch
        {
            null => "The policy comes from the hub; until it is there every call is unavailable.",
            { Newest: { } newest } => $"Consortium: {newest.Organisations.Length} organisations, {newest.Agreements.Length} agreements "
                + $"(policy version {newest.Number}).",
            _ => "No consortium yet: start with --consortium DIR, or --demo. Until then every call is unavailable.",
        });
        if (writesTokens)
            console.WriteLine($"Development identities: one token per organisation under {Path.Combine(settings.Identities, "tokens")}.");
    }

    private static string Place(NodeSettings settings) =>
        $"Node {settings.Name} carries {(settings.Homes.IsEmpty ? "no home" : string.Join(", ", settings.Homes))}; "
        + $"its silo is at {settings.Cluster.Advertised}.";

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
