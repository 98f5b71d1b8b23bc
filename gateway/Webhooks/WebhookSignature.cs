using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// The signature of a delivery, as Standard Webhooks has it: HMAC-SHA256 over <c>ID.TIMESTAMP.BODY</c>, so that neither can be changed and an old
/// delivery is known as one.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The header <c>webhook-signature</c>: <c>v1,BASE64</c> for each secret, with a space between.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <param name="id">The delivery's identifier.</param>
    /// <param name="timestamp">When it is sent; Unix seconds UTC.</param>
    /// <param name="body">The body.</param>
    public static string Of(IEnumerable<byte[]> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed))));
    }
}
