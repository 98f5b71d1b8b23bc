using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>The consortium's policy, as the hub's store has it.</summary>
[GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class ConsortiumGrain(IGridStore stores, TokenVerifier verifier, TimeProvider time) : Grain, IConsortium
{
    private PolicyHistory _history = PolicyHistory.Empty;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _history = await PolicyDocument.Read(stores[Home.Hub], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PolicyCopy> Current(CallerToken node, int knownVersion)
    {
        if (verifier.Verify(node).Caller is not ({ Home: not null } or { IsGateway: true }))
            throw new CallerRefusedException("The policy is replicated to nodes of the grid only.");
        var history = _history.Number > knownVersion ? _history.ToBytes() : null;
        return ValueTask.FromResult(new PolicyCopy(_history.Number, history, time.GetUtcNow().ToUnixTimeMilliseconds()));
    }
}
