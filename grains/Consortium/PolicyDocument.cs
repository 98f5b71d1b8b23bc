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
    /// <param name="hub">The hub's store.</param>
    /// <param name="organisations">The organisations, in their file's order.</param>
    /// <param name="agreements">The agreements.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="ConsortiumInvalidException">It changes what no version may change; nothing was stored.</exception>
    public static async ValueTask<PolicyHistory> Append(
        IHomeStore hub, IReadOnlyList<Organisation> organisations, IReadOnlyList<Agreement> agreements,
        CancellationToken cancellation)
    {
        var stored = await Read(hub, cancellation);
        Continuity.Check(stored, organisations);
        var next = stored.Append(organisations, agreements);
        if (!ReferenceEquals(next, stored)) await hub.WriteDocument(Name, next.ToBytes(), cancellation);
        return next;
    }
}
