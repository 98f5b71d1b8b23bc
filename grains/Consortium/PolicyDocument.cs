using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>The policy history in the hub's store.</summary>
public static class PolicyDocument
{
    private const string Name = "policy";

    /// <summary>The stored history; empty when there is none yet.</summary>
    public static async ValueTask<PolicyHistory> Read(IHomeStore hub, CancellationToken cancellation) =>
        await hub.ReadDocument(Name, cancellation) is { } bytes ? PolicyHistory.FromBytes(bytes.Span) : PolicyHistory.Empty;

    /// <summary>Makes a consortium the newest version, if it is not already.</summary>
    public static async ValueTask<PolicyHistory> Append(
        IHomeStore hub, IEnumerable<Organisation> organisations, IEnumerable<Agreement> agreements,
        CancellationToken cancellation)
    {
        var stored = await Read(hub, cancellation);
        var next = stored.Append(organisations, agreements);
        if (!ReferenceEquals(next, stored)) await hub.WriteDocument(Name, next.ToBytes(), cancellation);
        return next;
    }
}
