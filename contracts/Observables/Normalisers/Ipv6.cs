using System.Globalization;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// IPv6 text: read as RFC 4291, section 2.2, without zone and brackets; written as RFC 5952, section 4.
/// </summary>
internal static class Ipv6
{
    private const int Groups = 8;

    /// <summary>Whether an address is an IPv4-mapped one, <c>::ffff:0:0/96</c>.</summary>
    public static bool IsMapped(UInt128 address) => address >> 32 == 0xFFFF;

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        Span<ushort> groups = stackalloc ushort[Groups];
        var count = 0;
        var gap = -1;
        var at = 0;
        if (text.StartsWith("::"))
        {
            gap = 0;
            at = 2;
        }
        while (at < text.Length)
        {
            if (count == Groups) return false;
            var rest = text[at..];
            if (rest.Contains('.') && !rest.Contains(':'))
            {
                if (count > Groups - 2 || !Ipv4.TryParse(rest, out var embedded)) return false;
                groups[count++] = (ushort)(embedded >> 16);
                groups[count++] = (ushort)embedded;
                break;
            }
            if (!TryReadGroup(rest, out groups[count++], out var digits)) return false;
            at += digits;
            if (at == text.Length) break;
            if (++at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gap >= 0) return false;
            gap = count;
            at++;
        }
        if (gap < 0 ? count != Groups : count == Groups) return false;
        for (var i = 0; i < count; i++)
        {
            var place = gap >= 0 && i >= gap ? i + Groups - count : i;
            address |= (UInt128)groups[i] << (16 * (Groups - 1 - place));
        }
        return true;
    }

    /// <summary>Writes the longest run of two or more zero groups, the first of equals, as <c>::</c>.</summary>
    public static void Format(UInt128 address, ref TextBuffer into)
    {
        var (start, length) = LongestZeroRun(address);
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < Groups; i++)
        {
            if (i == start)
            {
                into.Append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && i != start + length) into.Append(':');
            Group(address, i).TryFormat(digits, out var written, "x", CultureInfo.InvariantCulture);
            into.Append(digits[..written]);
        }
    }

    private static ushort Group(UInt128 address, int index) => (ushort)(address >> (16 * (Groups - 1 - index)));

    private static (int Start, int Length) LongestZeroRun(UInt128 address)
    {
        var (best, bestLength) = (-Groups, 1);
        for (int i = 0, run = 0; i < Groups; i++)
        {
            run = Group(address, i) == 0 ? run + 1 : 0;
            if (run > bestLength) (best, bestLength) = (i - run + 1, run);
        }
        return (best, bestLength);
    }

    // One to four hexadecimal digits that end at a colon or at the end.
    private static bool TryReadGroup(ReadOnlySpan<char> text, out ushort value, out int digits)
    {
        value = 0;
        for (digits = 0; digits < text.Length && text[digits] != ':'; digits++)
        {
            if (digits == 4 || !char.IsAsciiHexDigit(text[digits])) return false;
            value = (ushort)((value << 4) | Percent.HexValue(text[digits]));
        }
        return digits > 0;
    }
}
