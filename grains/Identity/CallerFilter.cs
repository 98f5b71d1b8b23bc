using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using Orleans.Serialization.Invocation;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>
/// No caller, no answer: verifies the token of every call to an actor, on the silo that runs it. It is the first argument, or that
/// of the question which is. A gateway can pass a caller on but not invent one. Closed by default: only Orleans' own interfaces,
/// whose calls carry no caller, are exempt.
/// </summary>
public sealed class CallerFilter(TokenVerifier verifier) : IIncomingGrainCallFilter
{
    // Orleans' assemblies have no strong name. A process holds one assembly of a name, from the node's own directory.
    private static readonly FrozenSet<string> OrleansOwn = FrozenSet.Create(
        StringComparer.Ordinal, "Orleans.Core", "Orleans.Core.Abstractions", "Orleans.Runtime", "Orleans.Streaming",
        "Orleans.Persistence.Memory");

    private static readonly ConcurrentDictionary<Assembly, bool> Exempt = new();

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!IsExempt(context.InterfaceMethod?.DeclaringType?.Assembly) && !CarriesCaller(context.Request))
            throw new CallerRefusedException("The call carries no valid token.");
        return context.Invoke();
    }

    /// <summary>Whether interfaces of an assembly are called without a token.</summary>
    internal static bool IsExempt(Assembly? assembly) =>
        assembly is not null && Exempt.GetOrAdd(assembly, static a => a.GetName().Name is { } name && OrleansOwn.Contains(name));

    private bool CarriesCaller(IInvokable request) =>
        request.GetArgumentCount() > 0 && TokenIn(request.GetArgument(0)) is { } token && verifier.Verify(token).Caller is not null;

    private static CallerToken? TokenIn(object? argument) => argument switch
    {
        CallerToken token => token,
        Question question => question.Token,
        _ => null,
    };
}
