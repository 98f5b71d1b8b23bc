using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Spectre.Console.Testing;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class RendererTests
{
    [Fact]
    public void Render_Indicator_ShowsEachPart()
    {
        var console = new TestConsole().Width(100);
        IndicatorRenderer.Render(console, new GetIndicatorResponse { Indicator = Full(), UnavailableJurisdictions = { "BE" } });
        Lines(console).ShouldBe(
            """
            url  http://evil.example/
            By day
              █·▄
              2026-07-21 to 2026-07-23, a bar is a day, the highest 8
            Seen
              positive  12 × 2026-07-21T11:50Z … 2026-07-23T10:00:07Z
            Warninglists
              Top 10  common: core of no incident
            Contained in
              evil.example  domain-name
            By state
              BE positive  8 × 2026-07-21T11:50Z … 2026-07-21T11:50Z
              DE positive  4 × 2026-07-23T10:00Z … 2026-07-23T10:00:07Z
            Markings
              TLP:AMBER+STRICT PAP:RED  full, by name, to community:energy
            Neighbours: domain-name (100 or more different)
              evil.example  last 2026-07-23T10:00Z
            Assets
              energy.de / srv-1  last 2026-07-23T10:00Z
            Sectors
              energy  last 2026-07-23T10:00Z
            Full detail is missing from BE: out of reach now.
            """);
    }

    [Fact]
    public void Render_Burst_SaysHowManyAndHowRare()
    {
        var console = new TestConsole().Width(120);
        var view = Full();
        view.Burst = new()
        {
            Since = Timestamp.FromDateTimeOffset(new(2026, 11, 28, 13, 0, 0, TimeSpan.Zero)),
            Hours = 1,
            Observed = 41,
            ExpectedThousandths = 3_210,
            OneInHours = 100_000,
        };
        IndicatorRenderer.Render(console, new GetIndicatorResponse { Indicator = view });
        Lines(console).ShouldContain(
            """
            Unusual for this time
              positive  41 in the hour from 2026-11-28T13:00Z, 3.2 expected; at most one hour in 100,000 is so
            """);
    }

    [Fact]
    public void Render_Trend_SaysOfWhatHowOftenAndWhere()
    {
        var console = new TestConsole().Width(120);
        var tally = new Tally { Key = "DE", Kind = Kind.Positive, Count = 41 };
        var trend = new Trend { Sector = "energy", ByKind = { tally }, ByJurisdiction = { tally }, Burst = new() { Hours = 6, Observed = 41 } };
        IndicatorRenderer.Render(console, new GetTrendResponse { Trend = trend, UnavailableJurisdictions = { "FR" } });
        var lines = Lines(console).Split('\n');
        lines[0].ShouldBe("sector  energy");
        lines[1..3].ShouldBe(["Unusual for this time", "  positive  41 in the 6 hours from , 0.0 expected; at most one hour in 0 is so"]);
        lines.ShouldContain("  DE positive  41 ×  …");
        lines[^1].ShouldBe("Full detail is missing from FR: out of reach now.");
    }

    [Fact]
    public void Render_Score_SaysWhyInOneLine()
    {
        var console = new TestConsole().Width(100);
        var view = Full();
        (view.Score, view.ScoreBasis) = (61, new ScoreBasis
        {
            Support = 79,
            VoicesFor = 2,
            Doubt = 18,
            VoicesAgainst = 1,
            HalfLifeHours = 336,
        });
        IndicatorRenderer.Render(console, new GetIndicatorResponse { Indicator = view });
        Lines(console).ShouldContain(
            """
            Score
              0 to 100  61: 79 by 2 for, less 18 by 1 against; half-life 14 days
            """);
    }

    [Fact]
    public void Render_SideBySide_AlignsEqualRowsAndMarksWhatOneDoesNotSee()
    {
        var console = new TestConsole().Width(120);
        var redacted = Full();
        redacted.ByJurisdiction.RemoveAt(1);
        redacted.ByJurisdiction.Add(Tally("FR", 1, "2026-07-22T09:00:00Z", "2026-07-22T09:00:00Z"));
        redacted.Assets.Clear();
        SideBySide.Render(console, "csirt.de", Full(), "csirt.fr", redacted);
        var lines = Lines(console).Split('\n');
        var be = lines.Single(line => line.Contains("BE positive"));
        be.Split("8 × 2026-07-21T11:50Z").Length.ShouldBe(3);
        lines.Single(line => line.Contains("DE positive")).ShouldMatch(@"4 × 2026-07-23T10:00Z.*–$");
        lines.Single(line => line.Contains("FR positive")).ShouldMatch(@"FR positive\s+–\s+1 × 2026-07-22T09:00Z");
        lines.Single(line => line.Contains("srv-1")).ShouldEndWith("–");
        lines.ShouldContain(line => line.Contains("as csirt.de") && line.Contains("as csirt.fr"));
        lines.ShouldAllBe(line => line.Length <= 120);
    }

    [Fact]
    public void Render_HostileTexts_PrintNoControlCharacterAndNoMarkup()
    {
        const string Evil = "[red]x[/]\e[2J\u202E\n]]";
        var console = new TestConsole().Width(300);
        var view = Full();
        view.Observable.Value = view.Observable.Type = Evil;
        view.ByJurisdiction[0].Key = view.Markings[0].Marking.Recipients[0] = Evil;
        view.Neighbours[0].Type = view.Neighbours[0].Neighbours[0].Value = Evil;
        view.Assets[0].Owner = view.Assets[0].AssetId = view.Warninglists[0] = view.ContainedIn[0].Value = Evil;
        view.Histogram[0].Hour.Seconds = long.MaxValue;
        view.ByKind[0].LastSeen.Seconds = long.MinValue;
        IndicatorRenderer.Render(console, new GetIndicatorResponse { Indicator = view, UnavailableJurisdictions = { Evil } });
        SideBySide.Render(console, Evil, view, Evil, Full());
        EvidenceRenderer.Render(console, new()
        {
            Owner = Evil,
            Jurisdiction = Evil,
            Description = Evil,
            SourceRef = Evil,
            SightingId = Evil,
            Techniques = { Evil },
            Observables = { view.Observable },
            Asset = new() { Id = Evil },
        });
        console.Output.Count(c => char.IsControl(c) && c != '\n').ShouldBe(0);
        console.Output.ShouldNotContain('\u202E');
        console.Output.ShouldContain("[red]x[/]\\u{1B}[2J\\u{202E}\\u{A}]]");
    }

    private static Indicator Full() => new()
    {
        Observable = new() { Type = "url", Value = "http://evil.example/" },
        Warninglists = { "Top 10" },
        ContainedIn = { new Observable { Type = "domain-name", Value = "evil.example" } },
        ByKind = { Tally("", 12, "2026-07-21T11:50:00Z", "2026-07-23T10:00:07Z") },
        ByJurisdiction =
        {
            Tally("BE", 8, "2026-07-21T11:50:00Z", "2026-07-21T11:50:00Z"),
            Tally("DE", 4, "2026-07-23T10:00:00Z", "2026-07-23T10:00:07Z"),
        },
        Histogram = { Bucket("2026-07-21T11:00:00Z", 8), Bucket("2026-07-23T10:00:00Z", 4) },
        Markings =
        {
            new DisclosedMarking
            {
                Level = DisclosureLevel.Full,
                Marking = new()
                {
                    Tlp = Tlp.AmberStrict, Pap = Pap.Red, Attribution = Attribution.Named,
                    Recipients = { "community:energy" },
                },
            },
        },
        Neighbours =
        {
            new NeighbourList
            {
                Type = "domain-name", Distinct = 100,
                Neighbours = { new Neighbour { Value = "evil.example", LastSeen = At("2026-07-23T10:00:00Z") } },
            },
        },
        Assets = { new AssetSeen { Owner = "energy.de", AssetId = "srv-1", LastSeen = At("2026-07-23T10:00:00Z") } },
        Sectors = { new SectorSeen { Sector = "energy", LastSeen = At("2026-07-23T10:00:00Z") } },
    };

    private static Tally Tally(string key, ulong count, string first, string last) =>
        new() { Key = key, Kind = Kind.Positive, Count = count, FirstSeen = At(first), LastSeen = At(last) };

    private static HistogramBucket Bucket(string hour, ulong count) =>
        new() { Hour = At(hour), Kind = Kind.Positive, Count = count };

    private static Timestamp At(string text) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private static string Lines(TestConsole console) =>
        string.Join('\n', console.Output.Split('\n').Select(line => line.TrimEnd())).TrimEnd();
}
