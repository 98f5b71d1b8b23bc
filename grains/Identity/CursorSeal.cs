using System.Security.Cryptography;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>
/// Seals what a client carries for the grid: unreadable, of fixed length, equal for equal content, and refused when changed. The
/// initialisation vector is a keyed hash of the content and checks it when opened (synthetic, as in RFC 5297).
/// </summary>
public static class CursorSeal
{
    /// <summary>Bytes of a sealed content beyond those of the content.</summary>
    public const int Overhead = 16;

    /// <summary>Seals content of a multiple of 16 bytes.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> content)
    {
        var iv = IvOf(secret, content);
        using var aes = CipherOf(secret);
        return [.. iv, .. aes.EncryptCbc(content, iv, PaddingMode.None)];
    }

    /// <summary>The content of what <see cref="Seal"/> made, or null for anything else.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length <= Overhead || sealedBytes.Length % Overhead != 0) return null;
        using var aes = CipherOf(secret);
        var content = aes.DecryptCbc(sealedBytes[Overhead..], sealedBytes[..Overhead], PaddingMode.None);
        return CryptographicOperations.FixedTimeEquals(IvOf(secret, content), sealedBytes[..Overhead]) ? content : null;
    }

    private static byte[] IvOf(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(KeyOf(secret, "cursor check"u8), content)[..Overhead];

    private static Aes CipherOf(ReadOnlySpan<byte> secret)
    {
        var aes = Aes.Create();
        aes.Key = KeyOf(secret, "cursor content"u8);
        return aes;
    }

    private static byte[] KeyOf(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> purpose) => HMACSHA256.HashData(secret, purpose);
}
