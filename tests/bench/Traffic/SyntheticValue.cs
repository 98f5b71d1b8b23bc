using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>
/// Made-up values of four types in equal shares, in canonical form, a number each. Of one width per type, hot and cold alike, so
/// that the two streams differ in nothing but novelty.
/// </summary>
internal static class SyntheticValue
{
    /// <summary>Numbers below this give different values of every type.</summary>
    public const ulong NumbersMax = 156UL * 156 * 156 * 156;

    /// <summary>The kind of domain names.</summary>
    public const int DomainName = 1;

    private const int LongestValue = 64;
    private static readonly string[] Names = ["ipv4-addr", "domain-name", "url", "file:sha256"];

    /// <summary>The kind of the value at a place.</summary>
    public static int KindOf(int index) => index & 3;

    /// <summary>The name of a kind's type.</summary>
    public static string TypeOf(int kind) => Names[kind];

    /// <summary>The value of a kind and number.</summary>
    public static string Text(int kind, ulong number)
    {
        Span<byte> buffer = stackalloc byte[LongestValue];
        return Encoding.ASCII.GetString(buffer[..Write(kind, number, buffer)]);
    }

    /// <summary>Writes the value; gives its length.</summary>
    public static int Write(int kind, ulong number, Span<byte> to) => kind switch
    {
        0 => Address(number, to),
        1 => Around("c"u8, number, ".example.net"u8, to),
        2 => Around("https://c"u8, number, ".example.org/login"u8, to),
        _ => Hash(number, to),
    };

    // Four octets of three digits each, from 100.
    private static int Address(ulong number, Span<byte> to)
    {
        for (var octet = 0; octet < 4; octet++, number /= 156)
        {
            var place = to[(octet * 4)..];
            (100 + (int)(number % 156)).TryFormat(place, out _, default, CultureInfo.InvariantCulture);
            if (octet < 3) place[3] = (byte)'.';
        }
        return 15;
    }

    private static int Around(ReadOnlySpan<byte> before, ulong number, ReadOnlySpan<byte> after, Span<byte> to)
    {
        before.CopyTo(to);
        number.TryFormat(to[before.Length..], out _, "x12", CultureInfo.InvariantCulture);
        after.CopyTo(to[(before.Length + 12)..]);
        return before.Length + 12 + after.Length;
    }

    private static int Hash(ulong number, Span<byte> to)
    {
        for (var part = 0; part < 4; part++)
        {
            (number * 0x9E3779B97F4A7C15UL).TryFormat(to[(part * 16)..], out _, "x16", CultureInfo.InvariantCulture);
            number += 0x94D049BB133111EBUL;
        }
        return LongestValue;
    }
}
