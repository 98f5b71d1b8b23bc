using System.CommandLine;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>The server process of a run: this same program, started by the client's side.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var mode = new Option<string>("--mode") { Description = "echo, bare or full.", Required = true };
        mode.AcceptOnlyFromAmong("echo", "bare", "full");
        var data = new Option<string>("--data") { Description = "Directory of its data.", Required = true };
        var port = new Option<int>("--port") { Description = "Port of gRPC on 127.0.0.1.", Required = true };
        var command = new Command("serve", "Used by the other commands: a server; it ends when its input ends.")
        {
            mode, data, port,
        };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) =>
            Run(parsed.GetValue(mode)!, Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(port), cancellation));
        return command;
    }

    private static async Task Run(string mode, string data, int port, CancellationToken cancellation)
    {
        // As an operator would say where a node listens.
        Environment.SetEnvironmentVariable("Gateway__Grpc", $"http://127.0.0.1:{port}");
        Environment.SetEnvironmentVariable("Gateway__Http", "http://127.0.0.1:0");
        Environment.SetEnvironmentVariable("Operator__Http", "http://127.0.0.1:0");
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        Directory.CreateDirectory(data);
        Home[] homes = [.. Jurisdictions.All.Select(j => new Home(j)), Home.Hub];
        await using IServed served = mode switch
        {
            "echo" => await EchoNode.Start(cancellation),
            "bare" => await BareNode.Start(data, homes, cancellation),
            _ => await FullNode.Start(data, homes, cancellation),
        };
        await ControlLoop.Run(served);
    }
}
