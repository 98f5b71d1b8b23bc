using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>What worlds are made of: few names and few instants, so that things meet.</summary>
public static class Palette
{
    /// <summary>The hour around which everything happens.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<(string Id, string Jurisdiction, string Kind)> Organisations =
    [
        ("soc.be", "BE", "national-soc"), ("soc.de", "DE", "national-soc"), ("csirt.fr", "FR", "csirt"),
        ("cyclone", "EU", "eu-body"), ("power.be", "BE", "essential-entity"), ("grid.be", "BE", "essential-entity"),
        ("power.de", "DE", "essential-entity"), ("isac.fr", "FR", "isac"), ("rail.fr", "FR", "essential-entity"),
        ("cert.eu", "EU", "eu-body"),
    ];

    public static readonly IReadOnlyList<string> Communities = ["hub", "net", "isac"];

    public static readonly IReadOnlyList<string> Persons = ["ann", "bob"];

    public static readonly IReadOnlyList<Observable> Observables =
    [
        new("ipv4-addr", "198.51.100.9"), new("ipv4-addr", "203.0.113.7"), new("ipv6-addr", "2001:db8::1"),
        new("ipv4-cidr", "203.0.113.0/24"), new("domain-name", "a.example"), new("domain-name", "bad.example"),
        new("domain-name", "Z-is-not-lower.example"), new("url", "http://bad.example/"),
        new("email-addr", "ann@bad.example"), new("file:sha256", new string('a', 64)),
        new("file:sha256", new string('b', 64)), new("file:md5", new string('c', 32)),
        new("vulnerability", "CVE-2026-0001"), new("supplier", "collins aerospace"),
        new("software", "cpe:2.3:a:collins_aerospace:muse:*:*:*:*:*:*:*:*"),
    ];

    /// <summary>Suppliers as assets have them: of several spellings, and none.</summary>
    public static readonly IReadOnlyList<string> Suppliers = ["", "", "Collins Aerospace", "collins  aerospace", "acme"];

    /// <summary>Software as assets have it: of several spellings, and texts that are no software.</summary>
    public static readonly IReadOnlyList<string> Software =
    [
        "cpe:2.3:a:b:c", "cpe:2.3:a:collins_aerospace:muse:*:*:*:*:*:*:*:*", "CPE:2.3:a:Collins_Aerospace:muse:*:*:*:*:*:*:*:*",
        "cpe:2.3:a:*:*:*:*:*:*:*:*:*:*", "cpe:2.3:o:fortinet:fortios:7.2.5:*:*:*:*:*:*:*",
    ];

    public static readonly IReadOnlyList<string> Types = [.. Observables.Select(each => each.Type).Distinct()];

    public static readonly IReadOnlyList<string> Techniques = ["T1190", "T1566", "T1566.001", "T1071", "T1003"];

    /// <summary>
    /// An instant around another: on it, a hair beside it, at an edge of its hour or of one near by, or within an hour.
    /// </summary>
    public static DateTimeOffset Near(Dice dice, DateTimeOffset instant)
    {
        var hour = Disclosure.Hours.Floor(instant);
        return dice.Between(0, 6) switch
        {
            0 => instant,
            1 => instant.AddMilliseconds(dice.Pick([-1, 1])),
            2 => hour.AddHours(dice.Between(-2, 2)),
            3 => hour.AddHours(dice.Between(-2, 2)).AddMilliseconds(dice.Pick([-1, 1])),
            4 => hour.AddMinutes(dice.Between(-90, 150)),
            5 => hour.AddHours(dice.Between(-48, -3)),
            _ => hour.AddHours(dice.Between(3, 48)),
        };
    }

    /// <summary>Provider or consumer of an agreement.</summary>
    public static string Party(Dice dice, IReadOnlyList<Organisation> organisations) => dice.Chance(0.55)
        ? "community:" + dice.Pick(Communities)
        : dice.Pick(organisations).Id;
}
