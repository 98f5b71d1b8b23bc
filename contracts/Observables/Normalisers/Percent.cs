using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>Percent-encoding in one form (RFC 3986, 2.1, 2.3, 6.2.2.1 and 6.2.2.2).</summary>
internal static class Percent
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string SubDelimiters = "!$&'()*+,;=";
    private const string UpperHex = "0123456789ABCDEF";

    private static readonly SearchValues<char> UnreservedChars = SearchValues.Create(Unreserved);

    /// <summary>What stands for itself in a user name or password.</summary>
    public static readonly SearchValues<char> UserInfo = SearchValues.Create(Unreserved + SubDelimiters + ":");

    /// <summary>What stands for itself in a path.</summary>
    public static readonly SearchValues<char> Path = SearchValues.Create(Unreserved + SubDelimiters + ":@/");

    /// <summary>What stands for itself in a query or a fragment.</summary>
    public static readonly SearchValues<char> Query = SearchValues.Create(Unreserved + SubDelimiters + ":@/?");

    /// <summary>
    /// Writes text with upper-case triples, unreserved characters decoded, and everything not in
    /// <paramref name="plain"/> encoded as UTF-8; a percent sign that begins no triple becomes <c>%25</c>.
    /// </summary>
    public static void Append(ReadOnlySpan<char> text, SearchValues<char> plain, ref TextBuffer into)
    {
        Span<byte> bytes = stackalloc byte[4];
        while (true)
        {
            var run = text.IndexOfAnyExcept(plain);
            if (run < 0)
            {
                into.Append(text);
                return;
            }
            into.Append(text[..run]);
            text = text[run..];
            if (IsTriple(text))
            {
                var value = (char)((HexValue(text[1]) << 4) | HexValue(text[2]));
                if (UnreservedChars.Contains(value)) into.Append(value);
                else AppendTriple((byte)value, ref into);
                text = text[3..];
                continue;
            }
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) AppendTriple(b, ref into);
            text = text[used..];
        }
    }

    /// <summary>Decodes every triple; false if one is broken or the bytes are not UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out string decoded)
    {
        decoded = "";
        var bytes = new ArrayBufferWriter<byte>(text.Length + 1);
        while (!text.IsEmpty)
        {
            if (text[0] == '%')
            {
                if (!IsTriple(text)) return false;
                bytes.Write([(byte)((HexValue(text[1]) << 4) | HexValue(text[2]))]);
                text = text[3..];
                continue;
            }
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            text = text[used..];
        }
        if (!Utf8.IsValid(bytes.WrittenSpan)) return false;
        decoded = System.Text.Encoding.UTF8.GetString(bytes.WrittenSpan);
        return true;
    }

    /// <summary>The value of a hexadecimal digit.</summary>
    public static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static bool IsTriple(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    private static void AppendTriple(byte value, ref TextBuffer into)
    {
        into.Append('%');
        into.Append(UpperHex[value >> 4]);
        into.Append(UpperHex[value & 15]);
    }
}
