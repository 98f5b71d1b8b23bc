using System.Security.Cryptography;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>
/// Seals what a client carries for the grid: unreadable, of fixed length, refused when changed, and different each time, so that two of
/// them do not tell whether they hold the same (AES-256-GCM, NIST SP 800-38D).
/// </summary>
public static class CursorSeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Bytes of a sealed content beyond those of the content.</summary>
    public const int Overhead = NonceSize + TagSize;

    /// <summary>Seals content.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> content)
    {
        var cursor = new byte[Overhead + content.Length];
        var nonce = cursor.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(KeyOf(secret), TagSize);
        cipher.Encrypt(nonce, content, cursor.AsSpan(Overhead), cursor.AsSpan(NonceSize, TagSize));
        return cursor;
    }

    /// <summary>The content of what <see cref="Seal"/> made, or null for anything else.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> cursor)
    {
        if (cursor.Length < Overhead) return null;
        var content = new byte[cursor.Length - Overhead];
        using var cipher = new AesGcm(KeyOf(secret), TagSize);
        try
        {
            cipher.Decrypt(cursor[..NonceSize], cursor[Overhead..], cursor.Slice(NonceSize, TagSize), content);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] KeyOf(ReadOnlySpan<byte> secret) => HMACSHA256.HashData(secret, "cursor"u8);
}
