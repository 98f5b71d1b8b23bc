using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Gateway.Errors;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>A caller's whole view, and what it was made under.</summary>
/// <param name="View">The view.</param>
/// <param name="Question">Who asked, and the one instant that decided every part.</param>
/// <param name="PolicyVersion">The one policy version that decided every part; 0 where none had to.</param>
/// <param name="Unreachable">The jurisdictions that were out when it was asked, whatever was asked; and the hub, where the view is of what the
/// caller's own organisation said alone. Sorted.</param>
/// <param name="Missing">Those of them whose part the view lacks. Sorted.</param>
internal sealed record Answer<T>(
    T View, Question Question, int PolicyVersion, ImmutableArray<string> Unreachable, ImmutableArray<string> Missing)
{
    /// <summary>What to say when nothing is visible: not found, unless what could be is out of reach.</summary>
    public RpcException Nothing() => Missing.IsEmpty ? Refused.NotFound() : Refused.Unavailable();
}
