using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// The consortium's policy: versioned, kept by the hub, replicated to every silo. Key: <see cref="ActorKeys.Whole"/> of the
/// hub.
/// </summary>
[Alias("IConsortium")]
public interface IConsortium : IGrainWithStringKey
{
    /// <summary>The policy, if it is newer than what the asking node holds. Asked with a home's or a gateway's own token.</summary>
    [Alias("Current")]
    ValueTask<PolicyCopy> Current(CallerToken node, int knownVersion);
}

/// <summary>An answer of the consortium to a silo.</summary>
/// <param name="Version">Number of the newest version; 0 if there is none.</param>
/// <param name="History">The encoded policy history, or null when the asker holds it.</param>
/// <param name="HubTime">The hub's time, Unix milliseconds UTC.</param>
[GenerateSerializer, Immutable, Alias("PolicyCopy")]
public sealed record PolicyCopy(
    [property: Id(0)] int Version, [property: Id(1)] byte[]? History, [property: Id(2)] long HubTime);
