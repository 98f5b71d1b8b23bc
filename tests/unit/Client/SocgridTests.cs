using System.Text;
using System.Text.Json;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.V1;
using Shouldly;
using Spectre.Console.Testing;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class SocgridTests : SocgridCase
{
    private const string Row =
        """{"id":"ID","owner":"OWNER","observables":[{"type":"url","value":"http://a"}],"first_seen":"2026-07-21T11:50:00Z","""
        + """ "last_seen":"2026-07-21T16:01:02Z","kind":"positive","marking":{"tlp":"green"}}""";

    [Fact]
    public async Task Push_AllLandAndAgain_EndsWith0AndCountsDuplicates()
    {
        await using var grid = await FakeGrid.StartAsync();
        var file = Input(Line("a.be", 1), Line("a.be", 2));
        (await RunAsync(grid, "push", file, "--as", "a.be")).ShouldBe(0);
        (await RunAsync(grid, "push", file, "--as", "a.be")).ShouldBe(0);
        Output.ToString().ShouldBe("2 accepted, 0 duplicates, 0 refused\n0 accepted, 2 duplicates, 0 refused\n");
    }

    [Fact]
    public async Task Push_StandardInput_IsRead()
    {
        await using var grid = await FakeGrid.StartAsync();
        (await RunWithInputAsync(grid, Line("a.be", 1), "push", "-", "--as", "a.be")).ShouldBe(0);
    }

    [Fact]
    public async Task Push_RowOfAnotherOwnerAndBadLine_EndsWith1AndNamesLines()
    {
        await using var grid = await FakeGrid.StartAsync();
        var refusals = Path.Combine(Folder.FullName, "refused");
        var file = Input(Line("a.be", 1), Line("b.be", 2), "{\"\\u001b[2J\":1}");
        (await RunAsync(grid, "push", file, "--as", "a.be", "--rejections", refusals)).ShouldBe(1);
        Errors.ToString().ShouldContain("line 2: owner: OWNER_MISMATCH");
        Errors.ToString().ShouldContain("line 3: ");
        Errors.ToString().ShouldNotContain("\e");
        File.ReadAllLines(refusals).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Push_DamagedFileWithJson_PrintsOneDocumentWithWhatLanded()
    {
        await using var grid = await FakeGrid.StartAsync();
        var whole = Path.Combine(Folder.FullName, "whole.gz");
        await using (var gzip = new System.IO.Compression.GZipStream(File.Create(whole), System.IO.Compression.CompressionLevel.NoCompression))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 400).Select(n => Line("a.be", n) + "\n"))));
        var cut = Path.Combine(Folder.FullName, "cut.gz");
        var bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length * 3 / 4)]);
        (await RunAsync(grid, "push", cut, "--as", "a.be", "--batch", "10", "--json")).ShouldBe(2);
        using var document = JsonDocument.Parse(Output.ToString());
        document.RootElement.GetProperty("accepted").GetInt64().ShouldBeInRange(0, 300);
        document.RootElement.GetProperty("failure").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Push_AsOwnersWithJson_PrintsOneDocument()
    {
        await using var grid = await FakeGrid.StartAsync();
        var file = Input(Line("a.be", 1), Line("b.be", 2), Line("../a.be", 3));
        (await RunAsync(grid, "push", file, "--as-owners", "--json")).ShouldBe(1);
        using var document = JsonDocument.Parse(Output.ToString());
        document.RootElement.GetProperty("accepted").GetInt32().ShouldBe(2);
        document.RootElement.GetProperty("rejections")[0].GetProperty("reasonCode").GetString().ShouldBe("NO_TOKEN");
    }

    [Theory]
    [InlineData("push", "FILE")]
    [InlineData("push", "FILE", "--as", "a.be", "--as-owners")]
    [InlineData("push", "FILE", "--as", "a.be", "--batch", "0")]
    [InlineData("push", "no-such-file", "--as", "a.be")]
    [InlineData("push", "FILE", "--as", "a.be", "--unknown")]
    [InlineData("show", "indicator", "x")]
    [InlineData("show", "incident", "x", "--as", "a.be", "--svg=maybe")]
    [InlineData("show", "evidence", "x", "--as", "a.be", "--limit", "0")]
    [InlineData("indicators", "--as", "a.be", "--since", "yesterday")]
    [InlineData("incidents", "--as", "a.be", "--limit", "0")]
    [InlineData("watch", "--incidents")]
    [InlineData("nonsense")]
    public async Task Run_WrongUsage_EndsWith2(params string[] args)
    {
        await using var grid = await FakeGrid.StartAsync();
        var file = Input(Line("a.be", 1));
        (await RunAsync(grid, [.. args.Select(arg => arg == "FILE" ? file : arg)])).ShouldBe(2);
        Errors.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Push_BadTokenOrNoneOrNoGrid_EndsWith3AndSaysWhatToDo()
    {
        var grid = await FakeGrid.StartAsync();
        var file = Input(Line("bad", 1));
        (await RunAsync(grid, "push", file, "--as", "bad")).ShouldBe(3);
        Errors.ToString().ShouldContain("--token-file");
        Errors.ToString().ShouldNotContain("\e");
        (await RunAsync(grid, "push", file, "--as", "unknown.be")).ShouldBe(3);
        Errors.ToString().ShouldContain("There is no token for \"unknown.be\"");
        (await RunAsync(grid, "push", file, "--as", "a.be", "--grid", "http://example.org:1")).ShouldBe(3);
        Errors.ToString().ShouldContain("in the clear");
        await grid.DisposeAsync();
        (await RunAsync(grid, "push", file, "--as", "bad", "--retry-for", "0")).ShouldBe(3);
        Errors.ToString().ShouldContain("--demo");
    }

    [Fact]
    public async Task ShowIndicator_GuessesTypeAndPrintsPageOrJson()
    {
        var analysis = new FakeAnalysis { Indicator = asked => new() { Indicator = new() { Observable = asked } } };
        await using var grid = await FakeGrid.StartAsync(analysis: analysis);
        (await RunAsync(grid, "show", "indicator", "203.0.113[.]7", "--as", "a.be")).ShouldBe(0);
        Console.Output.ShouldContain("ipv4-addr  203.0.113[.]7");
        (await RunAsync(grid, "show", "indicator", "x", "--type", "file:md5", "--as", "a.be", "--json")).ShouldBe(0);
        var shown = GetIndicatorResponse.Parser.ParseJson(Output.ToString());
        shown.Indicator.Observable.ShouldBe(new Observable { Type = "file:md5", Value = "x" });
    }

    [Fact]
    public async Task Indicators_OfSectors_AskForThem()
    {
        var analysis = new FakeAnalysis();
        await using var grid = await FakeGrid.StartAsync(analysis: analysis);
        (await RunAsync(grid, "indicators", "--sector", "Energy", "--sector", "health", "--as", "a.be")).ShouldBe(0);
        analysis.Listed.ShouldHaveSingleItem().Filter.Sectors.ShouldBe(["Energy", "health"]);
    }

    [Theory]
    [InlineData("vulnerability", "CVE-2024-3400")]
    [InlineData("asn", "AS64496")]
    [InlineData("software", @"cpe:2.3:a:foo:g\+\+:1.0:*:*:*:*:*:*:*")]
    [InlineData("ja4", "t13d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("supplier", "collins aerospace", "--type", "supplier")]
    [InlineData("x509:sha256", "AA:BB", "--type", "x509:sha256")]
    [InlineData("ja3", "ada70206e40642a3e4461f35503241d5", "--type", "ja3")]
    [InlineData("mutex", @"Global\[red]""x""", "--type", "mutex")]
    [InlineData("user-agent", "Mozilla/5.0 (X11)", "--type", "user-agent")]
    public async Task ShowIndicator_AnyType_AsksForItAndPrintsTheValueWhole(string type, string value, params string[] named)
    {
        var analysis = new FakeAnalysis { Indicator = asked => new() { Indicator = new() { Observable = asked } } };
        await using var grid = await FakeGrid.StartAsync(analysis: analysis);
        (await RunAsync(grid, ["show", "indicator", value, .. named, "--as", "a.be"])).ShouldBe(0);
        Console.Output.ShouldContain($"{type}  {value}");
    }

    [Theory]
    [InlineData("--dot", "graph incident {")]
    [InlineData("--svg", "<svg ")]
    [InlineData("--json", "{ \"incident\": ")]
    public async Task ShowIncident_EachForm_IsAllThatStandardOutputHas(string form, string start)
    {
        var analysis = new FakeAnalysis { Incident = asked => new() { Id = asked.IncidentId } };
        await using var grid = await FakeGrid.StartAsync(analysis: analysis);
        (await RunAsync(grid, "show", "incident", "INC-A", "--as", "a.be", form)).ShouldBe(0);
        Output.ToString().ShouldStartWith(start);
        Output.ToString().ShouldContain("INC-A");
        Console.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--dot", "--svg")]
    [InlineData("--dot", "--json")]
    [InlineData("--json", "--svg")]
    public async Task ShowIncident_TwoForms_EndsWith2AndSaysToChooseOne(params string[] forms)
    {
        (await RunAsync(null, ["show", "incident", "INC-A", "--as", "a.be", .. forms])).ShouldBe(2);
        Errors.ToString().ShouldContain("Choose one of --json, --dot and --svg.");
    }

    [Fact]
    public async Task Show_NothingVisible_EndsWith1InTheGridsWords()
    {
        await using var grid = await FakeGrid.StartAsync();
        (await RunAsync(grid, "show", "indicator", "x", "--as", "a.be")).ShouldBe(1);
        Errors.ToString().ShouldBe("No such indicator (or it might not exist).\n");
        (await RunAsync(grid, "show", "evidence", "x", "--as", "a.be")).ShouldBe(1);
    }

    [Fact]
    public async Task ShowEvidence_Json_IsOneALine()
    {
        var analysis = new FakeAnalysis { Evidence = [new() { Count = 1 }, new() { Count = 2 }, new() { Count = 3 }] };
        await using var grid = await FakeGrid.StartAsync(analysis: analysis);
        (await RunAsync(grid, "show", "evidence", "x", "--as", "a.be", "--json", "--limit", "2")).ShouldBe(0);
        Output.ToString().ShouldBe("{ \"count\": 1 }\n{ \"count\": 2 }\n");
    }

    [Fact]
    public async Task Organisations_SeveralPages_AreOneList()
    {
        await using var grid = await FakeGrid.StartAsync();
        (await RunAsync(grid, "organisations", "--as", "a.be")).ShouldBe(0);
        Console.Output.Split('\n').Length.ShouldBe(4);
        Console.Output.ShouldContain("[red]c.be[/]\\u{1B}[2J");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("push", "--help")]
    [InlineData("show", "--help")]
    [InlineData("show", "indicator", "--help")]
    [InlineData("show", "incident", "--help")]
    [InlineData("show", "asset", "--help")]
    [InlineData("show", "evidence", "--help")]
    [InlineData("indicators", "--help")]
    [InlineData("incidents", "--help")]
    [InlineData("watch", "--help")]
    [InlineData("organisations", "--help")]
    [InlineData("communities", "--help")]
    [InlineData("agreements", "--help")]
    public async Task Help_OfEachCommand_HasExamplesAndExitCodes(params string[] args)
    {
        (await RunAsync(null, args)).ShouldBe(0);
        Output.ToString().ShouldContain("Examples:\n  socgrid");
        Output.ToString().ShouldContain("3 grid unavailable");
    }

    private string Input(params string[] lines)
    {
        var path = Path.Combine(Folder.FullName, "input.ndjson");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string Line(string owner, int id) => Row
        .Replace("OWNER", owner, StringComparison.Ordinal)
        .Replace("ID", $"id-{id}", StringComparison.Ordinal);
}
