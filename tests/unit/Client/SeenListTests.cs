using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Spectre.Console.Testing;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>Lists at the terminal: pages are put together up to what was asked for, and every entry is one safe line.</summary>
public sealed class SeenListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(200, 200, false)]
    [InlineData(201, 201, true)]
    [InlineData(1_000, 201, true)]
    public async Task Indicators_UpToALimit_ComeInPagesAndSayWhetherThereAreMore(int limit, int count, bool isAll)
    {
        var analysis = new FakeAnalysis();
        await using var grid = await FakeGrid.StartAsync(analysis: analysis);
        using var connection = CrossBorderSoc.Client.Access.GridConnection.To(grid.Url);
        var answer = await new GridViews(connection.Invoker, "a.be").IndicatorsAsync(
            new() { Filter = new() { Text = "v" } }, limit, Cancellation);
        answer.Indicators.Count.ShouldBe(count);
        (answer.NextPageToken.Length == 0).ShouldBe(isAll);
        analysis.Listed.ShouldAllBe(request => request.Filter.Text == "v" && request.PageSize <= 200);
    }

    [Fact]
    public void Entries_AreOneSafeLineEach()
    {
        var console = new TestConsole { Profile = { Width = 400 } };
        ListRenderer.Render(console, new ListIndicatorsResponse
        {
            Indicators =
            {
                new IndicatorSummary
                {
                    Observable = new() { Type = "url", Value = "http://a.example/\e[2J" }, Score = 64, Jurisdictions = { "BE", "DE" },
                    ByKind = { new Tally { Kind = Kind.Positive, Count = 1_234, LastSeen = new Timestamp { Seconds = 1_787_000_400 } } },
                },
                new IndicatorSummary { Warninglists = { "list" } },
            },
            NextPageToken = "more",
        });
        var lines = console.Output.Split('\n');
        lines[0].ShouldBe("2026-08-17T21:00Z   64  http://a.example/\\u{1B}[2J  url  1,234 positive  BE DE");
        lines[1].ShouldContain("on a warninglist");
        lines[2].ShouldBe("There are more indicators: raise --limit.");
    }

    [Fact]
    public void Incidents_AreOneLineEach_AndNoneSaysSo()
    {
        var console = new TestConsole { Profile = { Width = 400 } };
        ListRenderer.Render(console, new ListIncidentsResponse
        {
            Incidents =
            {
                new IncidentSummary
                {
                    Id = "INC-A", Newest = new() { Value = "a.example" }, CoreCount = 3, FringeCount = 2, MemberStates = { "BE", "FR" },
                    LastSeen = new Timestamp { Seconds = 1_787_000_400 }, Since = new Timestamp { Seconds = 1_786_996_800 }, Truncated = true,
                },
            },
        });
        ListRenderer.Render(console, new ListIncidentsResponse());
        console.Output.ShouldBe(
            "2026-08-17T21:00Z  INC-A  a.example  3 core, 2 fringe  BE FR  since 2026-08-17T20:00Z  truncated\nYou see no such incidents.\n");
    }
}
