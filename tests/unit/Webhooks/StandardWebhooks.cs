using System.Security.Cryptography;
using System.Text;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>How a target checks a delivery, written from the specification of Standard Webhooks: HMAC by its definition (RFC 2104).</summary>
internal static class StandardWebhooks
{
    private const int BlockSize = 64;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool Verify(byte[] secret, Received received, DateTimeOffset now)
    {
        if (Math.Abs(now.ToUnixTimeSeconds() - received.Timestamp) > Tolerance.TotalSeconds) return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{received.Id}.{received.Timestamp}."), .. received.Body];
        var expected = "v1," + Convert.ToBase64String(Hmac(secret, signed));
        return received.Signature.Split(' ').Contains(expected);
    }

    private static byte[] Hmac(byte[] key, byte[] text)
    {
        var block = new byte[BlockSize];
        (key.Length > BlockSize ? SHA256.HashData(key) : key).CopyTo(block, 0);
        var inner = SHA256.HashData([.. block.Select(b => (byte)(b ^ 0x36)), .. text]);
        return SHA256.HashData([.. block.Select(b => (byte)(b ^ 0x5c)), .. inner]);
    }
}
