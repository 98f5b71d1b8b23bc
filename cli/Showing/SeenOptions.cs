using System.CommandLine;
using System.Globalization;
using CrossBorderSoc.Cli.Running;
using CrossBorderSoc.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace CrossBorderSoc.Cli.Showing;

/// <summary>The options that say of what a caller's lists and watches are.</summary>
internal sealed class SeenOptions
{
    private const int ScoreMax = 100;

    private readonly Option<string[]> types = new("--type")
    {
        Description = "Only these types, such as ipv4-addr; may be repeated.",
        HelpName = "TYPE",
    };
    private readonly Option<string[]> states = new("--state")
    {
        Description = "Only what one of these jurisdictions saw (ISO 3166 code, or EU); may be repeated.",
        HelpName = "CODE",
    };
    private readonly Option<string[]> sectors = new("--sector")
    {
        Description = "Only what was seen on an asset of one of these sectors, such as energy, where you see assets; may be repeated.",
        HelpName = "SECTOR",
    };
    private readonly Option<string?> since = new("--since")
    {
        Description = "Only what was last seen in the hour of this instant or later, such as 2026-08-20 or 2026-08-20T13:00Z; UTC.",
        HelpName = "TIME",
    };
    private readonly Option<string?> before = new("--before")
    {
        Description = "Only what was last seen before the hour of this instant; UTC.",
        HelpName = "TIME",
    };
    private readonly Option<string?> text = new("--text")
    {
        Description = "Only values that hold this text, whatever the case of letters.",
        HelpName = "TEXT",
    };
    private readonly Option<int> score = new("--min-score") { Description = "Only what scores at least this, 0 to 100.", HelpName = "N" };
    private readonly Option<string?> technique = new("--technique") { Description = "Only what shows this ATT&CK technique.", HelpName = "ID" };

    public SeenOptions()
    {
        score.Bound(0, ScoreMax);
        RequireInstant(since);
        RequireInstant(before);
    }

    /// <summary>Those of indicators and incidents.</summary>
    public IReadOnlyList<Option> Filters => [types, states, sectors, since, before, text];

    /// <summary>Those of indicators alone.</summary>
    public IReadOnlyList<Option> OfIndicators => [score, technique];

    public uint MinScore(ParseResult parse) => (uint)parse.GetValue(score);

    public string Technique(ParseResult parse) => parse.GetValue(technique) ?? "";

    public ListFilter Filter(ParseResult parse) => new()
    {
        Types_ = { parse.GetValue(types) ?? [] },
        Jurisdictions = { parse.GetValue(states) ?? [] },
        Sectors = { parse.GetValue(sectors) ?? [] },
        SeenSince = Instant(parse.GetValue(since)),
        SeenBefore = Instant(parse.GetValue(before)),
        Text = parse.GetValue(text) ?? "",
    };

    private static Timestamp? Instant(string? text) => TryRead(text, out var instant) ? Timestamp.FromDateTimeOffset(instant) : null;

    private static void RequireInstant(Option<string?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && !TryRead(result.Tokens[0].Value, out _))
            result.AddError($"{option.Name} takes a time in ISO 8601, such as 2026-08-20T13:00Z.");
    });

    private static bool TryRead(string? text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
