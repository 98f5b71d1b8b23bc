using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// Sends the evidence on an indicator. Which homes are asked is a function of the caller's view; and before each message the policy
/// that decided must still be the newest that this node knows, under a valid lease (design, section 5).
/// </summary>
internal sealed class EvidenceAnswer(IGrid grid, IPolicyReplica policy)
{
    /// <summary>Sends the first sightings.</summary>
    /// <exception cref="RpcException">ABORTED: the policy changed. UNAVAILABLE: no lease. RESOURCE_EXHAUSTED: it is too long.</exception>
    /// <exception cref="GridUnavailableException">A home cannot answer.</exception>
    public async Task Send(
        Caller caller, Observable observable, WholeView view, int limit, Func<V1.StreamEvidenceResponse, Task> write)
    {
        var left = Bounds.EvidenceAnswerBytesMax;
        await foreach (var sighting in Sightings(caller, observable, view, limit))
        {
            var message = new V1.StreamEvidenceResponse { Evidence = EvidenceMapping.ToMessage(sighting) };
            if ((left -= message.CalculateSize()) < 0) throw Refused.AnswerTooLarge(Bounds.EvidenceAnswerBytesMax);
            MustStillHold(view.PolicyVersion);
            await write(message);
        }
    }

    private IAsyncEnumerable<DisclosedSighting> Sightings(Caller caller, Observable observable, WholeView view, int limit)
    {
        // The homes that the caller's view names anyway, and its own.
        var homes = view.View.TalliesByJurisdiction.Select(tally => tally.Jurisdiction).Append(caller.Home.Code)
            .Distinct(StringComparer.Ordinal).Select(code => new Home(code));
        return new EvidenceMerge(async (home, after, count) =>
        {
            var page = await grid.Inquiry(home).Evidence(caller.Token, observable, after, count);
            return page.PolicyVersion == view.PolicyVersion ? page : throw Refused.PolicyChanged();
        }).First(homes, limit);
    }

    private void MustStillHold(int version)
    {
        if (policy.Current is not { } current) throw Refused.Unavailable();
        // A node that lags behind the version that decided has nothing newer to say against it.
        if (current.Number > version) throw Refused.PolicyChanged();
    }
}
