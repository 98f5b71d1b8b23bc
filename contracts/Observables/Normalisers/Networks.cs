using System.Globalization;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// A network in CIDR notation (RFC 4632, RFC 4291) of either family, host bits cleared. The literal decides the type; a
/// network within <c>::ffff:0:0/96</c> is the IPv4 network.
/// </summary>
internal static class Networks
{
    private const int MappedPrefix = 96;

    public static Canonical Normalise(string text)
    {
        var plain = Defang.MayBeMarked(text) ? Defang.Undo(text) : text;
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !TryReadPrefix(plain.AsSpan(slash + 1), out var prefix))
            return Canonical.Refuse("Not an address, a slash, and the prefix length as a decimal number.");
        var literal = plain.AsSpan(0, slash);
        if (Ipv4.TryParse(literal, out var v4))
            return prefix <= 32 ? OfV4(v4, prefix, plain) : Canonical.Refuse("An IPv4 prefix has at most 32 bits.");
        if (!Ipv6.TryParse(literal, out var v6)) return Canonical.Refuse("What precedes the slash is no IP address.");
        if (prefix > 128) return Canonical.Refuse("An IPv6 prefix has at most 128 bits.");
        return Ipv6.IsMapped(v6) && prefix >= MappedPrefix
            ? OfV4((uint)v6, prefix - MappedPrefix, plain)
            : OfV6(v6, prefix, plain);
    }

    private static Canonical OfV4(uint address, int prefix, string source)
    {
        var network = prefix == 0 ? 0 : address & (uint.MaxValue << (32 - prefix));
        var buffer = new TextBuffer(stackalloc char[20]);
        buffer.Append(Ipv4.Format(network));
        AppendPrefix(prefix, ref buffer);
        return Canonical.Of(ObservableType.Ipv4Cidr, buffer.ToString(source));
    }

    private static Canonical OfV6(UInt128 address, int prefix, string source)
    {
        var network = prefix == 0 ? 0 : address & (UInt128.MaxValue << (128 - prefix));
        var buffer = new TextBuffer(stackalloc char[48]);
        Ipv6.Format(network, ref buffer);
        AppendPrefix(prefix, ref buffer);
        return Canonical.Of(ObservableType.Ipv6Cidr, buffer.ToString(source));
    }

    private static void AppendPrefix(int prefix, ref TextBuffer buffer)
    {
        buffer.Append('/');
        buffer.Append(prefix.ToString(CultureInfo.InvariantCulture));
    }

    private static bool TryReadPrefix(ReadOnlySpan<char> text, out int prefix)
    {
        prefix = 0;
        var hasLeadingZero = text.Length > 1 && text[0] == '0';
        return text.Length is > 0 and <= 3 && !hasLeadingZero
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out prefix);
    }
}
