using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// Data folders that nodes of earlier commits wrote, with what their <c>socgrid</c> then showed: this node opens them, shows the same, and knows
/// every sighting again. <c>tests/data/versions/stores</c>; each file is named after the commit.
/// </summary>
public sealed class EarlierStoreTests
{
    private static readonly string Kept = Path.Combine(Repository.Root, "tests", "data", "versions", "stores");

    public static TheoryData<string> Commits =>
        [.. Directory.EnumerateFiles(Kept, "*.tar.gz").Select(path => Path.GetFileName(path).Split('.')[0]).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Commits))]
    public async Task AStoreOfAnEarlierCommit_Opened_ShowsWhatItShowed(string commit)
    {
        using var folder = new TempFolder();
        await using (var packed = new GZipStream(File.OpenRead(Path.Combine(Kept, commit + ".tar.gz")), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(packed, folder.Path, overwriteFiles: false);
        await using var node = await NodeProcess.Start(folder.Path, "--clock", "2026-08-23T00:00:00Z");

        await Compare(node, commit);
        var pushed = await SocgridProcess.Run(node, "push", Path.Combine(Kept, "sightings.ndjson.gz"), "--as-owners");
        pushed.Output.ShouldContain("0 accepted, 116 duplicates, 0 refused", customMessage: pushed.Errors);

        (await node.Stop()).ShouldBe(0);
        await using var again = await NodeProcess.Start(folder.Path, "--clock", "2026-08-23T00:00:00Z");
        await Compare(again, commit);
    }

    private static async Task Compare(NodeProcess node, string commit)
    {
        var views = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Kept, commit + ".json")))!.AsObject();
        foreach (var (organisation, shown) in views)
            foreach (var (value, view) in shown!.AsObject())
            {
                var now = await SocgridProcess.Run(node, "show", "indicator", value, "--as", organisation, "--json");
                now.ExitCode.ShouldBe(0, now.Errors);
                Differences(view, JsonNode.Parse(now.Output)!["indicator"]).ShouldBeEmpty($"{value} as {organisation}, of {commit}");
            }
    }

    // What later versions say besides is no difference.
    private static IEnumerable<string> Differences(JsonNode? kept, JsonNode? now, string path = "")
    {
        if (kept is JsonObject members && now is JsonObject all)
            return members.SelectMany(each => Differences(each.Value, all[each.Key], $"{path}/{each.Key}"));
        if (kept is JsonArray elements && now is JsonArray others && elements.Count == others.Count)
            return elements.SelectMany((each, i) => Differences(each, others[i], $"{path}/{i}"));
        return JsonNode.DeepEquals(kept, now) ? [] : [$"{path}: kept {kept?.ToJsonString()}, now {now?.ToJsonString()}"];
    }
}
