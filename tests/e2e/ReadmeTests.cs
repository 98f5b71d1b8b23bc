using System.Diagnostics;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>The README's two commands, read from it.</summary>
public sealed class ReadmeTests
{
    private static readonly TimeSpan BuildAndStartWithin = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task FirstCommand_BuildsStartsAndShowsTheDemonstration()
    {
        var command = Commands()[0];
        command.ShouldBe("dotnet run --project silo -- --demo");
        using var folder = new TempFolder();
        var start = new ProcessStartInfo("bash", ["-c", $"exec {command} --data '{folder.Path}'"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        NodeAddresses.Free().Tell(start);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = new List<string>();
        using var patience = new CancellationTokenSource(BuildAndStartWithin);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            output.Add(line);
            if (line.StartsWith("Ready", StringComparison.Ordinal)) break;
        }
        var shown = output.Where(line => line.TrimStart().StartsWith("./socgrid ", StringComparison.Ordinal)).ToList();
        shown.Count.ShouldBe(3);
        foreach (var line in shown) (await Shell.Run(line, Repository.Root)).ShouldBe(0, line);
        // In a terminal Ctrl-C reaches the node itself; "dotnet run" leaves it to it.
        await NodeProcess.InterruptChildren(process.Id);
        await process.WaitForExitAsync(patience.Token);
        output.ShouldContain(line => line.Contains("2000 sightings accepted and on disk", StringComparison.Ordinal), await errors);
        output.ShouldContain(line => line.Contains("as nsoc.dk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondCommand_IsTheTestRunner()
    {
        var command = Commands()[1];
        command.ShouldBe("tests/run.sh");
        (await Shell.Run(command + " --help", Repository.Root)).ShouldBe(0);
    }

    private static List<string> Commands()
    {
        var readme = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
        return
        [
            .. readme.SkipWhile(line => line != "```sh").Skip(1).TakeWhile(line => line != "```")
                .Select(line => line.Split('#')[0].Trim()),
        ];
    }
}
