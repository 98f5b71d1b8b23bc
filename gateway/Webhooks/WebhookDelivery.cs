using System.Security.Cryptography;
using System.Text;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>One delivery.</summary>
/// <param name="Id">Its identifier: of the webhook, the cursor behind which it lies, and the body. Sent again it is the same; other content is
/// another delivery, so whoever drops what it knows drops nothing new.</param>
/// <param name="Body">The body, UTF-8.</param>
/// <param name="Changes">How many changes it holds.</param>
internal sealed record WebhookDelivery(string Id, byte[] Body, int Changes)
{
    private const int IdBytes = 16;

    /// <summary>A delivery of changes.</summary>
    /// <param name="webhook">The webhook's name.</param>
    /// <param name="cursor">The cursor behind which they lie.</param>
    /// <param name="changes">The changes as protobuf's JSON.</param>
    public static WebhookDelivery Of(string webhook, string cursor, IReadOnlyCollection<string> changes)
    {
        var body = Encoding.UTF8.GetBytes("{ \"changes\": [ " + string.Join(", ", changes) + " ] }");
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{webhook} {cursor} "), .. body]);
        return new("msg_" + Convert.ToHexStringLower(hash.AsSpan(0, IdBytes)), body, changes.Count);
    }

    /// <summary>Only what names it: the body is a partner's picture.</summary>
    public override string ToString() => Id;
}
