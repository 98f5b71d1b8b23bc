using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// One answer is of one instant and one policy version (design, section 5): it is put together again until all parts agree.
/// </summary>
internal sealed class OneAnswer(IJurisdictionStatus status, IPolicyReplica policy, TimeProvider time)
{
    private const int RoundsMax = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The same while this node holds a lease on the policy. Without one it is made of what the caller's own organisation said at its own home, which
    /// no policy narrows, and names the hub as out (decision 0021): <paramref name="ask"/> asks by <see cref="Asking.OfHub"/>.
    /// </summary>
    /// <inheritdoc cref="Ask"/>
    public async Task<Answer<T>> AskOrOwn<T>(Caller caller, Func<Asking, Task<T>> ask)
    {
        try
        {
            return await Ask(caller, ask);
        }
        catch (Exception failure) when (policy.Current is null
            && (GridErrors.IsUnavailable(failure) || failure is RpcException { StatusCode: StatusCode.Unavailable }))
        {
            // There is no lease, or it ended meanwhile.
        }
        var asking = new Asking(caller.AskAt(policy.Now) with { IsOwnOnly = true }, status.Unreachable, policy: null);
        return asking.Answer(await ask(asking).WaitAsync(IPolicyReplica.Lease, time));
    }

    /// <summary>The first answer whose parts agree.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: there is no lease, they never did, or it took so long that what was decided may not be told any
    /// more.</exception>
    /// <exception cref="TimeoutException">It takes as long: nobody waits for it any longer.</exception>
    public async Task<Answer<T>> Ask<T>(Caller caller, Func<Asking, Task<T>> ask)
    {
        for (var round = 1; round <= RoundsMax; round++)
        {
            if (policy.Current is not { } current) break;
            var asking = new Asking(caller.AskAt(policy.Now), status.Unreachable, current);
            var view = await ask(asking).WaitAsync(IPolicyReplica.Lease, time);
            if (!policy.Accepts(asking.Question.At)) break;
            if (!asking.PoliciesDiffer) return asking.Answer(view);
            await Task.Delay(Pause * round, time);
        }
        throw Refused.Unavailable();
    }
}
