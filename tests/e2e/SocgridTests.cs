using System.Text.Json;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary><c>socgrid</c> against a real node.</summary>
public sealed class SocgridTests
{
    private const string Clock = "2026-08-23T00:00:00Z";
    private const string Shown = "182.161.66.14";

    [Fact]
    public async Task Socgrid_PushesTheSampleAsItsOwnersTwice_AndShowsWhatEachMaySee()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(
            folder.Path, "--consortium", Repository.RealStream, "--clock", Clock);
        var sample = Path.Combine(Repository.Root, "silo", "Demo", "sightings.ndjson.gz");
        (await Push(node, sample)).ShouldBe((2_000, 0));
        (await Push(node, sample)).ShouldBe((0, 2_000));
        await node.ReleasesCaughtUp();

        var view = await SocgridProcess.Run(node, "show", "indicator", Shown, "--as", "nsoc.dk");
        view.ExitCode.ShouldBe(0, view.Errors);
        view.Output.ShouldContain("energy.dk");
        var other = await SocgridProcess.Run(node, "show", "indicator", Shown, "--as", "enisa");
        other.Output.ShouldContain("transport.at");
        other.Output.ShouldNotContain("energy.dk");
        var asset = await SocgridProcess.Run(node, "show", "asset", "energy.dk", "srv-37", "--as", "enisa");
        asset.ExitCode.ShouldBe(1);
        var evidence = await SocgridProcess.Run(node, "show", "evidence", Shown, "--as", "nsoc.dk", "--json");
        evidence.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThan(3);
        var agreements = await SocgridProcess.Run(node, "agreements", "--as", "nsoc.dk");
        agreements.Output.ShouldContain("constituency-energy-dk");
    }

    [Fact]
    public async Task Socgrid_PushAsOneOwner_RefusesRowsOfOthersByLine()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(
            folder.Path, "--consortium", Repository.RealStream, "--clock", Clock);
        var sample = Path.Combine(Repository.Root, "silo", "Demo", "sightings.ndjson.gz");
        var pushed = await SocgridProcess.Run(node, "push", sample, "--as", "energy.dk", "--json");
        pushed.ExitCode.ShouldBe(1, pushed.Errors);
        using var totals = JsonDocument.Parse(pushed.Output);
        totals.RootElement.GetProperty("accepted").GetInt64().ShouldBeGreaterThan(0);
        var refused = totals.RootElement.GetProperty("rejections").EnumerateArray().ToList();
        refused.ShouldAllBe(one => one.GetProperty("reasonCode").GetString() == "OWNER_MISMATCH");
        refused.Select(one => one.GetProperty("line").GetInt64()).Distinct().Count().ShouldBe(refused.Count);
    }

    private static async Task<(long Accepted, long Duplicates)> Push(NodeProcess node, string file)
    {
        var pushed = await SocgridProcess.Run(node, "push", file, "--as-owners", "--json");
        pushed.ExitCode.ShouldBe(0, pushed.Errors + pushed.Output);
        using var totals = JsonDocument.Parse(pushed.Output);
        return (totals.RootElement.GetProperty("accepted").GetInt64(), totals.RootElement.GetProperty("duplicates").GetInt64());
    }
}
