using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Incidents;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>Answers analysts (<c>analysis_service.proto</c>).</summary>
internal sealed class AnalysisEndpoint(IGrid grid, IJurisdictionStatus status, IPolicyReplica policy, TimeProvider time)
    : V1.AnalysisService.AnalysisServiceBase
{
    private const int EvidenceUsual = 1_000;
    private const int IncidentIdBytesMax = 64;

    private readonly IndicatorQuestion _question = new(grid, status, time);
    private readonly IncidentQuestion _incidents = new(grid, status, time);

    public override async Task<V1.GetIndicatorResponse> GetIndicator(
        V1.GetIndicatorRequest request, ServerCallContext context)
    {
        var observable = Requests.Observable(request.Observable);
        var whole = await _question.Ask(Caller.Of(context), observable);
        if (whole.View.IsEmpty) throw Refused.NotFound();
        return new()
        {
            Indicator = IndicatorMapping.ToMessage(observable, whole.View),
            UnavailableJurisdictions = { status.Unreachable },
        };
    }

    public override async Task<V1.GetAssetResponse> GetAsset(V1.GetAssetRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var owner = Requests.Text(request.Owner, PolicyBounds.IdBytesMax, "owner");
        var id = Requests.Text(request.AssetId, Bounds.AssetFieldBytesMax, "asset_id");
        // Who takes part is known to every member, so an unknown owner need not be asked for.
        if (caller.Policy.Find(owner) is not { } organisation) throw Refused.NotFound();
        var disclosed = await grid.Inquiry(new(organisation.Jurisdiction)).Asset(caller.Token, new(owner, id));
        if (disclosed.View.IsEmpty) throw Refused.NotFound();
        return new() { Asset = AssetMapping.ToMessage(owner, disclosed.View) };
    }

    public override async Task<V1.GetIncidentResponse> GetIncident(
        V1.GetIncidentRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var node = request.NameCase switch
        {
            V1.GetIncidentRequest.NameOneofCase.Observable => Requests.Observable(request.Observable),
            V1.GetIncidentRequest.NameOneofCase.IncidentId =>
                await grid.Inquiry(Home.Hub).FindIncident(
                    caller.Token, Requests.Text(request.IncidentId, IncidentIdBytesMax, "incident_id"))
                ?? throw Refused.NotFound(),
            _ => throw Refused.Field("name", "REQUIRED", "Either incident_id or observable is required."),
        };
        if (await _incidents.Ask(caller, node, policy.Now) is not { } incident) throw Refused.NotFound();
        return new()
        {
            Incident = IncidentMapping.ToMessage(
                await grid.Inquiry(Home.Hub).NameIncident(caller.Token, incident.Name), incident),
            UnavailableJurisdictions = { status.Unreachable },
        };
    }

    public override async Task StreamEvidence(
        V1.StreamEvidenceRequest request, IServerStreamWriter<V1.StreamEvidenceResponse> responseStream,
        ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var observable = Requests.Observable(request.Observable);
        var limit = Requests.Limit(request.Limit, EvidenceUsual, Bounds.EvidenceSightingsMax, "limit");
        await new EvidenceAnswer(grid, policy).Send(
            caller, observable, await _question.Ask(caller, observable), limit,
            message => responseStream.WriteAsync(message, context.CancellationToken));
    }
}
