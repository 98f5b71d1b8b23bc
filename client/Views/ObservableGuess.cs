using System.Net;
using System.Net.Sockets;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Views;

/// <summary>
/// Guesses the type of a value that somebody typed. Only a guess for the question: the grid parses, refangs and judges.
/// </summary>
public static class ObservableGuess
{
    /// <summary>The value with its likely type; a domain name where nothing else fits.</summary>
    public static Observable Of(string value) => new() { Type = Type(Refanged(value.Trim())), Value = value };

    private static string Type(string value)
    {
        if (value.Length is 32 or 40 or 64 && value.All(char.IsAsciiHexDigit))
            return value.Length switch { 32 => "file:md5", 40 => "file:sha1", _ => "file:sha256" };
        if (value.StartsWith("cpe:", StringComparison.OrdinalIgnoreCase)) return "software";
        if (IsCve(value)) return "vulnerability";
        if (IsAsn(value)) return "asn";
        if (IsJa4(value)) return "ja4";
        if (value.Contains("://", StringComparison.Ordinal)) return "url";
        if (Address(value) is { } address) return $"{Family(address)}-addr";
        if (value.Split('/') is [var network, { Length: <= 3 } bits]
            && bits.All(char.IsAsciiDigit)
            && Address(network) is { } prefix)
            return $"{Family(prefix)}-cidr";
        return value.Contains('@', StringComparison.Ordinal) ? "email-addr" : "domain-name";
    }

    private static IPAddress? Address(string text)
    {
        // The parser also takes "1" and "0x7f.1", which nobody means as an address.
        var dotted = text.Count(c => c == '.') == 3 && text.All(c => char.IsAsciiDigit(c) || c == '.');
        return (dotted || text.Contains(':', StringComparison.Ordinal)) && IPAddress.TryParse(text, out var address)
            ? address
            : null;
    }

    private static string Family(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6 ? "ipv4" : "ipv6";

    private static string Refanged(string value) => value
        .Replace("[.]", ".", StringComparison.Ordinal)
        .Replace("(.)", ".", StringComparison.Ordinal)
        .Replace("[:]", ":", StringComparison.Ordinal)
        .Replace("[://]", "://", StringComparison.Ordinal)
        .Replace("(at)", "@", StringComparison.Ordinal)
        .Replace("[at]", "@", StringComparison.Ordinal)
        .Replace("[@]", "@", StringComparison.Ordinal);

    private static bool IsCve(string value) =>
        value.Length > 9 && value.StartsWith("CVE", StringComparison.OrdinalIgnoreCase)
        && !char.IsAsciiLetterOrDigit(value[3]) && !char.IsAsciiLetterOrDigit(value[8])
        && value[4..8].All(char.IsAsciiDigit) && value[9..].All(char.IsAsciiDigit);

    private static bool IsAsn(string value)
    {
        if (!value.StartsWith("AS", StringComparison.OrdinalIgnoreCase)) return false;
        var number = value.StartsWith("ASN", StringComparison.OrdinalIgnoreCase) ? value[3..] : value[2..];
        var parts = number.TrimStart(' ').Split('.');
        return parts.Length <= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit));
    }

    private static bool IsJa4(string value) =>
        value.Split('_') is [{ Length: 10 } a, { Length: 12 } b, { Length: 12 } c]
        && a.All(char.IsAsciiLetterOrDigit) && b.All(char.IsAsciiHexDigit) && c.All(char.IsAsciiHexDigit);
}
