using System.Diagnostics;
using System.Text.Json;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>The Python producer with clients generated from the protos.</summary>
internal static class ForeignProducer
{
    private const string Python = "/usr/bin/python3";

    public sealed record Totals(int Accepted, int Duplicates, int Rejected);

    public static bool IsInstalled { get; } = Answers("import grpc, grpc_tools");

    public static async Task<Totals> Push(NodeProcess node, string file)
    {
        var start = new ProcessStartInfo(Python,
        [
            Path.Combine(Repository.Root, "tests", "e2e", "_push_real_stream.py"), "--grid", new Uri(node.Grpc).Authority,
            "--tokens", node.Tokens, "--protos", Repository.Protos, "--file", file,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Totals>(output, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException("The Python producer failed:\n" + await errors + node.Output);
    }

    private static bool Answers(string code)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Python, ["-c", code]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
