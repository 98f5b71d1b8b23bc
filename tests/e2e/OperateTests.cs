using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>The commands of docs/operate.md, read from it and run as they stand, on other ports and in another folder.</summary>
public sealed partial class OperateTests
{
    private const string Section = "## A grid of two states, by hand";
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Commands_StartAGridOfTwoStates_ThatSeeAsTheyMay()
    {
        var commands = Commands();
        commands.Count.ShouldBeLessThanOrEqualTo(10);
        commands[0].ShouldBe("dotnet build -c Release silo", "these tests were built with it");
        using var folder = new TempFolder();
        var ports = new Dictionary<string, string>();
        var script = string.Join('\n', commands.Skip(1)).Replace("grid/", folder.Path + "/", StringComparison.Ordinal);
        script = Port().Replace(script, port => PortFor(ports, port.Value));

        var (code, output) = await Bash("trap 'kill $(jobs -p); wait' EXIT\nset -e -o pipefail\n" + script);

        code.ShouldBe(0, output);
        output.ShouldContain("220 accepted, 0 duplicates, 0 refused");
        output.ShouldContain("1 × 2026-08-17T12:01:02Z … 2026-08-17T13:01:14Z", Case.Sensitive, "to the second, as nsoc.be");
        output.ShouldContain("1 × 2026-08-17T12:00Z … 2026-08-17T13:00Z", Case.Sensitive, "to the hour, as nsoc.de");
    }

    private static string PortFor(Dictionary<string, string> ports, string port)
    {
        if (!ports.TryGetValue(port, out var free)) ports[port] = free = NodeAddresses.FreeEndpoint().Split(':')[1];
        return free;
    }

    private static List<string> Commands() =>
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operate.md"))
            .SkipWhile(line => line != Section).SkipWhile(line => line != "```sh").Skip(1).TakeWhile(line => line != "```"),
    ];

    private static async Task<(int Code, string Output)> Bash(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Within);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output + await errors);
    }

    [GeneratedRegex(@"\b7[0-3]0[0-9]\b", RegexOptions.None, 1000)]
    private static partial Regex Port();
}
