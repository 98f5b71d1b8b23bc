using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Intake;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>Takes in what partners say of incidents (<c>incident_service.proto</c>): the way of a sighting, one at a time.</summary>
internal sealed class IncidentEndpoint(
    IGrid grid, IJurisdictionStatus status, IPolicyReplica policy, TimeProvider time, IOptions<GatewayOptions> options)
    : V1.IncidentService.IncidentServiceBase
{
    private readonly IncidentNames _names = new(grid, new(status, policy, time));

    public override async Task<V1.ContributeResponse> Contribute(V1.ContributeRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var (batch, draft) = Read(request, caller);
        var outcome = await grid.Intake(caller.Home).Accept(caller.Token, batch);
        if (outcome.Refused.Length > 0) throw Refuse(LedgerRefusals.Of(outcome.Refused[0].Reason));
        // Where this fails nothing was acknowledged: sent again, it is a duplicate that comes here once more.
        if (draft.Contribution!.Kind == ContributionKind.Opened) await _names.Open(caller, draft.Observables);
        return new() { Duplicate = outcome.Duplicates > 0 };
    }

    private (SightingBatch Batch, SightingDraft Draft) Read(V1.ContributeRequest request, Caller caller)
    {
        if (request.Contribution is null) throw Refused.Field("contribution", "REQUIRED", "A contribution is required.");
        var terms = new IntakeTerms(caller.Organisation, caller.Policy, policy.Now, options.Value.RetentionDays);
        var (batch, draft) = (new SightingBatchBuilder(1), new SightingDraft());
        var refusal = new ContributionReader(terms, new(terms, batch)).Read(request.Contribution, draft);
        if (refusal.Exists) throw Refuse(refusal);
        batch.Add(draft);
        return (batch.Build(), draft);
    }

    private static RpcException Refuse(in Refusal refusal) =>
        Refused.Field($"contribution.{refusal.Field}", refusal.Reason, refusal.Message);
}
