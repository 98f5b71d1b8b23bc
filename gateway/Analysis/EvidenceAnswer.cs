using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Errors;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// Sends the evidence behind an answer, under that answer's policy version and as of its instant. Which homes are asked is a
/// function of the caller's view; what is out is passed over, and the end says so: a short stream never looks like a whole one.
/// Before each message the policy that decided must still be the newest that this node knows, under a valid lease (design, section
/// 5), and the instant must still hold: a client that reads slowly gets nothing that has ended long ago.
/// </summary>
/// <param name="grid">The homes.</param>
/// <param name="policy">Says how long the answer's policy and instant hold.</param>
/// <param name="answer">The caller's view of the observable.</param>
internal sealed class EvidenceAnswer(IGrid grid, IPolicyReplica policy, Answer<IndicatorView> answer)
{
    private Exception? _outage;

    /// <summary>Sends the first sightings.</summary>
    /// <exception cref="RpcException">ABORTED: the policy changed, or the instant lies too far back by now. UNAVAILABLE: no lease.
    /// RESOURCE_EXHAUSTED: it is too long.</exception>
    /// <exception cref="GridUnavailableException">At the end: a home that had to be asked did not answer, or only the own one was asked.</exception>
    public async Task Send(Home own, Observable observable, int limit, Func<V1.StreamEvidenceResponse, Task> write)
    {
        var left = Bounds.EvidenceAnswerBytesMax;
        // The homes that the caller's view names, or would name if they had answered, and its own.
        var homes = answer.Question.IsOwnOnly ? [own] : answer.View.TalliesByJurisdiction.Select(tally => tally.Jurisdiction)
            .Concat(answer.Missing).Append(own.Code).Distinct(StringComparer.Ordinal).Select(code => new Home(code));
        var merge = new EvidenceMerge((home, after, count) => Page(home, observable, after, count));
        await foreach (var sighting in merge.First(homes, limit))
        {
            var message = new V1.StreamEvidenceResponse { Evidence = EvidenceMapping.ToMessage(sighting) };
            if ((left -= message.CalculateSize()) < 0) throw Refused.AnswerTooLarge(Bounds.EvidenceAnswerBytesMax);
            MustStillHold();
            await write(message);
        }
        if (answer.Question.IsOwnOnly) throw new GridUnavailableException("Evidence is incomplete: without the hub it is the caller's own alone.");
        if (_outage is { } outage) throw new GridUnavailableException("Evidence is incomplete: a home did not answer.", outage);
    }

    private async Task<EvidencePage> Page(Home home, Observable observable, EvidencePlace? after, int count)
    {
        try
        {
            var page = await grid.Inquiry(home).Evidence(answer.Question, observable, after, count);
            return answer.Question.IsOwnOnly || page.PolicyVersion == answer.PolicyVersion ? page : throw Refused.PolicyChanged();
        }
        catch (Exception failure) when (GridErrors.IsUnavailable(failure))
        {
            MustStillHold();
            _outage = failure;
            return new([], null, answer.PolicyVersion);
        }
    }

    private void MustStillHold()
    {
        // What the caller's own organisation said is its own under every policy.
        if (answer.Question.IsOwnOnly) return;
        if (policy.Current is not { } current) throw Refused.Unavailable();
        // A node that lags behind the version that decided has nothing newer to say against it.
        if (current.Number > answer.PolicyVersion) throw Refused.PolicyChanged();
        if (!policy.Accepts(answer.Question.At)) throw Refused.AnswerTooSlow();
    }
}
