using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Intake;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>Takes in what partners say of incidents (<c>incident_service.proto</c>): the way of a sighting, one at a time.</summary>
internal sealed class IncidentEndpoint(IGrid grid, IPolicyReplica policy, IOptions<GatewayOptions> options)
    : V1.IncidentService.IncidentServiceBase
{
    public override async Task<V1.ContributeResponse> Contribute(V1.ContributeRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var outcome = await grid.Intake(caller.Home).Accept(caller.Token, Read(request, caller));
        if (outcome.Refused.Length > 0) throw Refuse(LedgerRefusals.Of(outcome.Refused[0].Reason));
        return new() { Duplicate = outcome.Duplicates > 0 };
    }

    private SightingBatch Read(V1.ContributeRequest request, Caller caller)
    {
        if (request.Contribution is null) throw Refused.Field("contribution", "REQUIRED", "A contribution is required.");
        var terms = new IntakeTerms(caller.Organisation, caller.Policy, policy.Now, options.Value.RetentionDays);
        var (batch, draft) = (new SightingBatchBuilder(1), new SightingDraft());
        var refusal = new ContributionReader(terms, new(terms, batch)).Read(request.Contribution, draft);
        if (refusal.Exists) throw Refuse(refusal);
        batch.Add(draft);
        return batch.Build();
    }

    private static RpcException Refuse(in Refusal refusal) =>
        Refused.Field($"contribution.{refusal.Field}", refusal.Reason, refusal.Message);
}
