using System.Globalization;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>Incidents as a grid would send them, and worse.</summary>
internal static class SomeIncidents
{
    /// <summary>What a hostile producer would name things, were it not refused.</summary>
    public static string[] HostileTexts =>
    [
        "<script>alert(1)</script>", "</title></text><script href=\"https://evil.example/\" onload='x'>", "&amp;&lt;&#0;&", "\"'><!--",
        "]]>", "<!DOCTYPE svg>", "\e[2J\e]0;x\a", "a\0b\nc", "\u202Eexe.txt", "\uFFFE\uFFFF", "half \uD800 and \uDC00", "[red]x[/]",
        new('x', 8192), string.Concat(Enumerable.Repeat("😀", 2048)), new('<', 8192), "",
    ];

    public static CoreObservable Core(string type, string value, string since, string last, params string[] states) => new()
    {
        Observable = new() { Type = type, Value = value },
        MemberStates = { states },
        CoreSince = At(since),
        LastSeen = At(last),
    };

    /// <summary>Two addresses and a domain that three states saw, in a chain, with a file in the fringe.</summary>
    public static Incident Three() => new()
    {
        Id = "INC-A",
        Core =
        {
            Core("domain-name", "evil.example", "2026-08-01T12:00:00Z", "2026-08-01T14:10:00Z", "BE", "DE"),
            Core("ipv4-addr", "203.0.113.7", "2026-08-01T10:00:00Z", "2026-08-01T13:59:07Z", "BE", "DE", "FR"),
            Core("ipv4-addr", "203.0.113.8", "2026-08-01T14:00:00Z", "2026-08-01T14:30:00Z", "BE", "FR"),
        },
        Links = { new IncidentLink { One = 0, Other = 1 }, new IncidentLink { One = 1, Other = 2 } },
        Fringe = { new Observable { Type = "file:md5", Value = "d41d8cd98f00b204e9800998ecf8427e" } },
    };

    /// <summary>Several observables, each linked with the next.</summary>
    public static Incident Chain(int count)
    {
        var incident = new Incident { Id = "INC-A" };
        for (var i = 0; i < count; i++)
        {
            var value = string.Create(CultureInfo.InvariantCulture, $"a-name-as-long-as-some-are-{i:D3}.evil.example");
            incident.Core.Add(Core("domain-name", value, "2026-08-01T10:00:00Z", "2026-08-01T10:30:00Z", "BE", "DE"));
            if (i > 0) incident.Links.Add(new IncidentLink { One = (uint)i - 1, Other = (uint)i });
        }
        return incident;
    }

    /// <summary>One text wherever a text can be, times and links that cannot be, and parts that are missing.</summary>
    public static Incident Hostile(string text) => new()
    {
        Id = text,
        Core =
        {
            new CoreObservable
            {
                Observable = new() { Type = text, Value = text },
                MemberStates = { text, text },
                CoreSince = new() { Seconds = long.MaxValue },
                LastSeen = new() { Seconds = long.MinValue },
            },
            new CoreObservable(),
        },
        Links = { new IncidentLink { One = 0, Other = 1 }, new IncidentLink { One = 0, Other = uint.MaxValue } },
        Fringe = { new Observable { Type = text, Value = text } },
        Contributions =
        {
            new IncidentContribution
            {
                Owner = text,
                Jurisdiction = text,
                Contribution = new()
                {
                    Kind = ContributionKind.Affected, State = text, Sector = text, Service = text, Text = text,
                    Observables = { new Observable { Type = text, Value = text } }, At = new() { Seconds = long.MaxValue },
                },
            },
            new IncidentContribution(),
        },
        Truncated = true,
    };

    /// <summary>What two states said, in full and redacted.</summary>
    public static IncidentContribution[] Said() =>
    [
        new()
        {
            Level = DisclosureLevel.Full, Jurisdiction = "DE", Owner = "csirt.de",
            Contribution = new()
            {
                Kind = ContributionKind.Status, Status = IncidentStatus.Contained, At = At("2026-08-01T15:00:00Z"), Text = "all clear",
                Observables = { new Observable { Type = "domain-name", Value = "evil.example" } }, Marking = new() { Tlp = Tlp.Amber },
            },
        },
        new()
        {
            Level = DisclosureLevel.Redacted, Jurisdiction = "BE",
            Contribution = new()
            {
                Kind = ContributionKind.Affected, State = "BE", Sector = "energy", At = At("2026-08-01T14:00:00Z"),
                Observables = { new Observable { Type = "ipv4-addr", Value = "203.0.113.7" } },
                Marking = new() { Tlp = Tlp.Amber, Pap = Pap.Green },
            },
        },
    ];

    private static Timestamp At(string text) =>
        Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
