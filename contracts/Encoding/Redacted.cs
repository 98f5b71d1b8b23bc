using System.Security.Cryptography;

namespace CrossBorderSoc.Contracts.Encoding;

/// <summary>
/// What stands in a printed text for something that a log must not hold. Messages, exceptions and logs print the arguments of a
/// call; equal things have equal stand-ins within a process, so that an operator can tell calls apart, and under a key that dies
/// with it, so that nobody can try values against a log.
/// </summary>
internal static class Redacted
{
    private const int Shown = 4;
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>The stand-in: <c>#</c> and 8 hexadecimal digits.</summary>
    public static string Of(string? text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, System.Text.Encoding.UTF8.GetBytes(text ?? ""), hash);
        return "#" + Convert.ToHexStringLower(hash[..Shown]);
    }
}
