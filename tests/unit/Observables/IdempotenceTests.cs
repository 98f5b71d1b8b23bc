using CrossBorderSoc.Contracts.Observables;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>
/// canonical(canonical(x)) = canonical(x), and nothing throws, for values that look real until one looks twice.
/// </summary>
public sealed class IdempotenceTests
{
    private const int Samples = 150_000;

    private static readonly string[] Pieces =
    [
        "http://", "https://", "hxxp://", "hXXps[://]", "fxp[:]//", "ftp://", "x-y+z://", "://", "//", "/", "/.",
        "/..", "/./", "..", ".",
        "[.]", "(.)", "{.}", "[dot]", "(dot)", "(DoT)", "[:]", "[@]", "(at)", "[at]", "[", "]", "(", ")", "{", "}",
        "@", ":", ":80", ":443",
        ":8080", ":0", ":99999", "?", "#", "&a=b", "%", "%2", "%2e", "%2E", "%41", "%7e", "%2F", "%28", "%5B", "%00",
        "%C3%BC", "%ff",
        "example", "Example", "EVIL", "com", "de", "xn--bcher-kva", "xn--a", "_dmarc", "-", "bücher", "faß", "ẞ",
        "β", "ｅ", "。", "．",
        "\u00AD", "\u200D", "\u0308", "\u0300", "\u0301", "℀", "⒈", "1", "0", "010", "0x7f", "192.0.2.1",
        "255.255.255.255", "1.2",
        "2001:db8::1", "::", "::1", "::ffff:192.0.2.1", "[::ffff:1.2.3.4]", "[2001:DB8::]", "fe80::1%eth0", "/24",
        "/96", "/0", "/128", "/32",
        "info", "Info.X", "a{.}b", "+tag", "'", "\"", "<", ">", "\\", "|", "^", "`", " ", "\t", "\n", "\0", "\u0085",
        "\u00A0", "\u202E",
        "\uFEFF", "\uFFFE", "\uD83D\uDCA9", "\uD83D", "\uDE00", "é", "日本", "d41d8cd98f00b204e9800998ecf8427e",
        "ABCDEF0123456789", "AS", "asn ", "64496", "CVE-", "-2024-", "\u2011", "cpe:2.3:", "cpe:/", "a:", ":*", ":-", "*", "\\:", "\\-",
        "%01", "%02", "%3a", "~", "~~x~y~z~", "_8daaf6152771", "t13d1516h2", "ß", "ẞ", "Σ", "ς", "\u0345", "\u2003", "\u2028",
    ];

    private static readonly string[] Seeds =
    [
        "http://user:pass@www.example.com:8080/a/./b/../c%20d?q=[x]&y=(.)#frag",
        "hxxps://evil[.]example[.]com/a[.]php", "192.0.2.1",
        "https://[2001:db8::1]:443/x", "2001:db8:0:0:1::1", "::ffff:192.0.2.1", "192.0.2.77/24", "2001:db8::1/33",
        "::ffff:192.0.2.1/100",
        "sub.bücher.example.", "_x.Example.COM", "First.Last+tag@Example.com", "a(at)b[.]example",
        "D41D8CD98F00B204E9800998ECF8427E",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709", "http://a.example/(%2E)/((.))/%2e%2e/x",
        "http://ex%61mple.example/?%41%zz#a#b",
        "AS64496", "1.10", "cve-2024-3400", "cpe:2.3:a:Fortinet:fortios:7.2\\.5:*:*:en-us:*:*:*:g\\+?", "cpe:2.3:a:a:b:*:-:*:*:*:*:*:*",
        "cpe:/a:hp:insight:7.4.%02:-:~~online~win%012003~x64~:en", "T13D1516h2_8daaf6152771_e5627efa2ab1",
        "Weiß  & SO\u0308HNE\u00A0ΌΜΙΛΟΣ", "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55",
        "Mozilla/5.0 (Windows NT 6.1)  \u0308 like Gecko",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(OneOf(Pieces), Gen.Char.Select(c => c.ToString()));

    private static readonly Gen<string> Joined = Piece.Array[0, 12].Select(string.Concat);

    // A real-looking value with up to four cuts and insertions.
    private static readonly Gen<string> Mutated = Gen.Select(
        OneOf(Seeds), Gen.Select(Gen.Int[0, 80], Gen.Int[0, 3], Piece).Array[0, 4],
        (seed, edits) => edits.Aggregate(seed, Edit));

    [Fact]
    public void Canonical_OfCanonical_IsItselfForMutatedValues() => Check(Mutated);

    [Fact]
    public void Canonical_OfCanonical_IsItselfForJoinedPieces() => Check(Joined);

    [Fact]
    public void Canonical_OfCanonical_IsItselfForAnyString() => Check(Gen.String);

    [Fact]
    public void Guess_AnyString_NamesATypeThatAcceptsIt() => Mutated.Sample(
        value =>
        {
            var type = ObservableParser.Guess(value);
            return type == ObservableType.Unspecified || ObservableParser.TryParse(type, value, out _, out _);
        },
        iter: Samples / 10);

    private static Gen<string> OneOf(string[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static void Check(Gen<string> values) => values.Sample(
        value =>
        {
            foreach (var type in ObservableTypes.All) Canonical.Unstable(type, value).ShouldBeNull();
        },
        iter: Samples);

    private static string Edit(string value, (int At, int Cut, string Piece) edit)
    {
        var at = Math.Min(edit.At, value.Length);
        return value.Remove(at, Math.Min(edit.Cut, value.Length - at)).Insert(at, edit.Piece);
    }
}
