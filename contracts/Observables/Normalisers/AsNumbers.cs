using System.Globalization;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Numbers of autonomous systems: the decimal number of 32 bits that RFC 5396 calls "asplain", without prefix. Its
/// "asdot" and "asdot+" (1.10 is 65546) are read, and so are the prefixes AS and ASN. Zero is no autonomous system
/// (RFC 7607): tools write it for "unknown", and all that is unknown must not meet in one value.
/// </summary>
internal static class AsNumbers
{
    private const string Problem = "Not a decimal number of 32 bits without leading zeros, nor two of 16 bits and a dot.";

    public static Canonical Normalise(string text)
    {
        var written = WithoutPrefix(text);
        var dot = written.IndexOf('.');
        uint number, high = 0;
        var isRead = dot < 0
            ? TryRead(written, uint.MaxValue, out number)
            : TryRead(written[..dot], ushort.MaxValue, out high) & TryRead(written[(dot + 1)..], ushort.MaxValue, out number);
        if (!isRead) return Canonical.Refuse(Problem);
        number |= high << 16;
        if (number == 0) return Canonical.Refuse("The number 0 is no autonomous system (RFC 7607).");
        return Canonical.Of(ObservableType.Asn,
            written.Length == text.Length && dot < 0 ? text : number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether what somebody wrote says by its prefix that it is such a number.</summary>
    public static bool HasPrefix(string written) => written.StartsWith("AS", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutPrefix(string text)
    {
        var isLong = text.StartsWith("ASN", StringComparison.OrdinalIgnoreCase);
        return !HasPrefix(text) ? text : text.AsSpan(isLong ? 3 : 2).TrimStart(' ');
    }

    private static bool TryRead(ReadOnlySpan<char> text, uint max, out uint number)
    {
        var hasLeadingZero = text.Length > 1 && text[0] == '0';
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= max && !hasLeadingZero;
    }
}
