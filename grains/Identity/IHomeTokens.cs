using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>Tokens for this node's internal calls, each signed by the own key of a home that the node carries.</summary>
public interface IHomeTokens
{
    /// <summary>A valid token of a carried home.</summary>
    CallerToken TokenOf(Home home);

    /// <summary>A valid token of the node as a whole, by which it gets the policy: of a home that it carries, or of a gateway.</summary>
    CallerToken OfNode { get; }
}
