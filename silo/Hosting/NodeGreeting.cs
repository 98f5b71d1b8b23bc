using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using Spectre.Console;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Says where the node listens and what it holds.</summary>
internal static class NodeGreeting
{
    /// <summary>Where the node speaks to its operator: wide enough for two columns when it is no terminal.</summary>
    public static IAnsiConsole Console { get; } = Create();

    public static void Show(NodeOptions options, GatewayOptions addresses, OperatorOptions operatorPort, PolicyHistory policy)
    {
        var console = Console;
        console.WriteLine($"gRPC {addresses.Grpc}   health {addresses.Http}/health/ready   data {options.Data}");
        console.WriteLine($"For the operator: {operatorPort.Http}{OperatorPort.ReleasesPath}");
        if (policy.Newest is { } newest)
            console.WriteLine($"Consortium: {newest.Organisations.Length} organisations, {newest.Agreements.Length} agreements "
                + $"(policy version {newest.Number}).");
        else
            console.WriteLine("No consortium yet: start with --consortium DIR, or --demo. Until then every call is unavailable.");
        console.WriteLine("Development identities: one token per organisation under "
            + Path.Combine(options.IdentityDirectory, "tokens") + ".");
    }

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = WidthWithoutTerminal;
        return console;
    }

    private const int WidthWithoutTerminal = 120;
}
