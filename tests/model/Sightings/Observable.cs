namespace CrossBorderSoc.Tests.Model.Sightings;

/// <summary>
/// A typed value in its canonical text. Ordered by the type's place in the design's list, then by text (ordinal).
/// </summary>
public readonly record struct Observable(string Type, string Value) : IComparable<Observable>
{
    /// <summary>The types in their order.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "ipv4-addr", "ipv6-addr", "ipv4-cidr", "ipv6-cidr", "domain-name", "url", "email-addr",
        "file:md5", "file:sha1", "file:sha256",
        "asn", "vulnerability", "software", "supplier", "x509:sha256", "ja3", "ja4", "mutex", "user-agent",
    ];

    public int CompareTo(Observable other)
    {
        var byType = Words.Place(Types, Type).CompareTo(Words.Place(Types, other.Type));
        return byType != 0 ? byType : string.CompareOrdinal(Value, other.Value);
    }

    public override string ToString() => $"{Type} {Value}";
}
