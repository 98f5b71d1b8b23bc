using System.Collections.Frozen;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// From the MISP attribute types that a list is about to types of observables. Pairs count for the half that a list can mean:
/// <c>ip-src|port</c> for the address, <c>filename|md5</c> for the hash. <c>domain|ip</c> counts for the address only: lists of
/// domains name <c>domain</c> besides, and one of e-mail providers that does not would hit half of all domains by its short entries.
/// </summary>
internal static class MatchingAttributes
{
    private static readonly ObservableTypeSet Addresses = Set(
        ObservableType.Ipv4Addr, ObservableType.Ipv6Addr, ObservableType.Ipv4Cidr, ObservableType.Ipv6Cidr);

    private static readonly ObservableTypeSet Domain = Set(ObservableType.DomainName);
    private static readonly ObservableTypeSet Url = Set(ObservableType.Url);
    private static readonly ObservableTypeSet Email = Set(ObservableType.EmailAddr);
    private static readonly ObservableTypeSet Md5 = Set(ObservableType.FileMd5);
    private static readonly ObservableTypeSet Sha1 = Set(ObservableType.FileSha1);
    private static readonly ObservableTypeSet Sha256 = Set(ObservableType.FileSha256);

    private static readonly FrozenDictionary<string, ObservableTypeSet> Known = new Dictionary<string, ObservableTypeSet>
    {
        ["ip-src"] = Addresses,
        ["ip-dst"] = Addresses,
        ["ip-src|port"] = Addresses,
        ["ip-dst|port"] = Addresses,
        ["domain|ip"] = Addresses,
        ["domain"] = Domain,
        ["hostname"] = Domain,
        ["hostname|port"] = Domain,
        ["url"] = Url,
        ["uri"] = Url,
        ["link"] = Url,
        ["email"] = Email,
        ["email-src"] = Email,
        ["email-dst"] = Email,
        ["target-email"] = Email,
        ["whois-registrant-email"] = Email,
        ["dns-soa-email"] = Email,
        ["md5"] = Md5,
        ["filename|md5"] = Md5,
        ["sha1"] = Sha1,
        ["filename|sha1"] = Sha1,
        ["sha256"] = Sha256,
        ["filename|sha256"] = Sha256,
        ["x509-fingerprint-sha256"] = Set(ObservableType.X509Sha256),
        ["ja3-fingerprint-md5"] = Set(ObservableType.Ja3),
        ["AS"] = Set(ObservableType.Asn),
        ["vulnerability"] = Set(ObservableType.Vulnerability),
        ["cpe"] = Set(ObservableType.Software),
        ["mutex"] = Set(ObservableType.Mutex),
        ["user-agent"] = Set(ObservableType.UserAgent),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The types of observables that any of the attribute types means; what the grid does not know is left out.</summary>
    public static ObservableTypeSet ToTypes(IEnumerable<string> attributes) =>
        new(attributes.Aggregate(0UL, (mask, attribute) => mask | Known.GetValueOrDefault(attribute).Mask));

    private static ObservableTypeSet Set(params ReadOnlySpan<ObservableType> types)
    {
        var set = default(ObservableTypeSet);
        foreach (var type in types) set = set.With(type);
        return set;
    }
}
