using System.Net;
using System.Text.RegularExpressions;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Containment;

/// <summary>Where a value stands: a name, an address or a network; null for a hash.</summary>
public static partial class Host
{
    public static string? Of(Observable value) => value.Type switch
    {
        "url" => UrlHost().Match(value.Value).Groups["host"].Value.Trim('[', ']'),
        "email-addr" => value.Value.Split('@')[^1],
        "domain-name" or "ipv4-addr" or "ipv6-addr" or "ipv4-cidr" or "ipv6-cidr" => value.Value,
        _ => null,
    };

    /// <summary>A text as a network, an address as one of its whole length; null for a name.</summary>
    public static IPNetwork? Network(string text)
    {
        var parts = text.Split('/');
        if (!IPAddress.TryParse(parts[0], out var address)) return null;
        var length = parts.Length > 1 ? int.Parse(parts[1]) : address.GetAddressBytes().Length * 8;
        if (address.IsIPv4MappedToIPv6 && length >= 96) (address, length) = (address.MapToIPv4(), length - 96);
        return new(Cut(address, length), length);
    }

    private static IPAddress Cut(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(bytes);
    }

    [GeneratedRegex(@"^[^:]+://(?:[^/?#]*@)?(?<host>\[[^\]]*\]|[^/?#:]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex UrlHost();
}
