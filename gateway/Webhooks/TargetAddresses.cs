using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// To which addresses a webhook may connect, so that no name leads it to a service inside (server-side request forgery). It is judged of the
/// address that is connected to, each time. Public ones by default; never link-local ones (where clouds keep credentials), nor multicast.
/// </summary>
/// <param name="AllowPrivate">Whether private ones may be, too.</param>
/// <param name="AllowLoopback">Whether loopback may be, too: in development, of a URL that says so itself.</param>
internal sealed record TargetAddresses(bool AllowPrivate, bool AllowLoopback)
{
    // IANA's registries of special purposes (RFC 6890): what is not globally reachable.
    private static readonly IPNetwork[] SpecialIpv4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3");

    private static readonly IPNetwork GlobalIpv6 = IPNetwork.Parse("2000::/3");

    // Protocol assignments (Teredo among them), documentation, 6to4, which embeds an IPv4 address.
    private static readonly IPNetwork[] SpecialIpv6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly IPNetwork[] Private = Networks(
        "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /// <summary>Whether it may connect to an address.</summary>
    public bool Allow(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return AllowLoopback;
        return IsPublic(address) || (AllowPrivate && Contains(Private, address));
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Contains(SpecialIpv4, address),
        AddressFamily.InterNetworkV6 => GlobalIpv6.Contains(address) && !Contains(SpecialIpv6, address),
        _ => false,
    };

    private static bool Contains(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] texts) => Array.ConvertAll(texts, text => IPNetwork.Parse(text));
}
