using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway;
using Spectre.Console;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Says where the node listens and what it holds.</summary>
internal static class NodeGreeting
{
    public static void Show(NodeOptions options, GatewayOptions addresses, PolicyHistory policy)
    {
        var console = AnsiConsole.Console;
        console.WriteLine($"gRPC {addresses.Grpc}   health {addresses.Http}/health/ready   data {options.Data}");
        if (policy.Newest is { } newest)
            console.WriteLine($"Consortium: {newest.Organisations.Length} organisations, {newest.Agreements.Length} agreements "
                + $"(policy version {newest.Number}).");
        else
            console.WriteLine("No consortium yet: start with --consortium DIR, or --demo. Until then every call is unavailable.");
        console.WriteLine("Development identities: one token per organisation under "
            + Path.Combine(options.IdentityDirectory, "tokens") + ".");
    }
}
