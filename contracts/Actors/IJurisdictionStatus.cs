using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// Which jurisdictions are out, as this node sees the cluster. The same for every caller, whatever was asked.
/// </summary>
public interface IJurisdictionStatus
{
    /// <summary>The codes of the jurisdictions no silo of which is alive, sorted (ordinal).</summary>
    ImmutableArray<string> Unreachable { get; }
}
