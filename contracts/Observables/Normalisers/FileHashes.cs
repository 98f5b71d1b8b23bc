using System.Buffers;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>Digests of files: lower-case hexadecimal of the algorithm's exact length.</summary>
internal static class FileHashes
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    public static Canonical Md5(string text) =>
        Of(ObservableType.FileMd5, text, 32, "An MD5 has 32 hexadecimal digits.");

    public static Canonical Sha1(string text) =>
        Of(ObservableType.FileSha1, text, 40, "A SHA-1 has 40 hexadecimal digits.");

    public static Canonical Sha256(string text) =>
        Of(ObservableType.FileSha256, text, 64, "A SHA-256 has 64 hexadecimal digits.");

    private static Canonical Of(ObservableType type, string text, int digits, string problem)
    {
        if (text.Length != digits) return Canonical.Refuse(problem);
        if (!text.AsSpan().ContainsAnyExcept(LowerHex)) return Canonical.Of(type, text);
        return text.AsSpan().ContainsAnyExcept(Hex)
            ? Canonical.Refuse(problem)
            : Canonical.Of(type, text.ToLowerInvariant());
    }
}
