using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>
/// No caller, no answer: verifies the token of every call to an actor, on the silo that runs it. A gateway can pass a caller
/// on but not invent one.
/// </summary>
public sealed class CallerFilter(TokenVerifier verifier) : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType?.Assembly != typeof(CallerToken).Assembly) return context.Invoke();
        if (context.Request.GetArgumentCount() == 0 || context.Request.GetArgument(0) is not CallerToken token
            || verifier.Verify(token).Caller is null)
            throw new CallerRefusedException("The call carries no valid token.");
        return context.Invoke();
    }
}
