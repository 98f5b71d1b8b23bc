using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Identity;

/// <summary>Who makes a call, and under which policy its arguments are judged.</summary>
/// <param name="Token">The token, passed on as it came: the target verifies it again.</param>
/// <param name="Organisation">The caller's organisation.</param>
/// <param name="Policy">The newest policy version that this node has seen.</param>
/// <param name="Outlet">Through what the answers leave the grid.</param>
public sealed record Caller(CallerToken Token, Organisation Organisation, PolicyVersion Policy, Outlet Outlet = Outlet.Call)
{
    private static readonly object Key = new();

    /// <summary>The home of the caller's organisation.</summary>
    public Home Home => new(Organisation.Jurisdiction);

    /// <summary>The caller of a call that passed <see cref="Authentication"/>.</summary>
    public static Caller Of(ServerCallContext context) => context.UserState.TryGetValue(Key, out var caller)
        ? (Caller)caller
        : throw new InvalidOperationException("BUG: a call without a caller reached a service.");

    /// <summary>The caller's question as of an instant (Unix milliseconds UTC).</summary>
    internal Question AskAt(long instant) => new(Token, instant, Outlet);

    internal void AttachTo(ServerCallContext context) => context.UserState[Key] = this;
}
