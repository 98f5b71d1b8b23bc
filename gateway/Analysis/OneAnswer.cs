using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// One answer is of one instant and one policy version (design, section 5): it is put together again until all parts agree.
/// </summary>
internal sealed class OneAnswer(IJurisdictionStatus status, IPolicyReplica policy, TimeProvider time)
{
    private const int RoundsMax = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first answer whose parts agree.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: they never did, or it took so long that what was decided may not be told
    /// any more.</exception>
    public async Task<Answer<T>> Ask<T>(Caller caller, Func<Asking, Task<T>> ask)
    {
        for (var round = 1; round <= RoundsMax; round++)
        {
            var asking = new Asking(caller.AskAt(policy.Now), status.Unreachable, policy.Current);
            var view = await ask(asking);
            if (!policy.Accepts(asking.Question.At)) break;
            if (!asking.PoliciesDiffer) return asking.Answer(view);
            await Task.Delay(Pause * round, time);
        }
        throw Refused.Unavailable();
    }
}
