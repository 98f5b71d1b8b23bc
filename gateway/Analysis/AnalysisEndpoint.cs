using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Containment;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Listing;
using CrossBorderSoc.Gateway.Trends;
using CrossBorderSoc.Gateway.Warninglists;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>Answers analysts (<c>analysis_service.proto</c>).</summary>
internal sealed class AnalysisEndpoint(
    IGrid grid, IJurisdictionStatus status, IPolicyReplica policy, WarninglistsInForce warninglists, TimeProvider time)
    : V1.AnalysisService.AnalysisServiceBase
{
    private const int EvidenceUsual = 1_000;
    private const int IncidentIdBytesMax = 64;

    private readonly OneAnswer _one = new(status, policy, time);
    private readonly IncidentNames _names = new(grid, new(status, policy, time));
    private readonly ContainmentQuestion _containment = new(grid, PublicSuffixes.Shipped);

    public override async Task<V1.GetIndicatorResponse> GetIndicator(
        V1.GetIndicatorRequest request, ServerCallContext context)
    {
        var observable = Requests.Observable(request.Observable);
        var caller = Caller.Of(context);
        var common = warninglists.Current.NamesOf(observable);
        var question = new IndicatorQuestion(grid, _one);
        var answer = await _one.AskOrOwn(caller, async asking =>
        {
            var view = await question.Ask(caller, observable, asking);
            return (View: view, Containers: view.IsEmpty ? [] : await _containment.Ask(caller, observable, asking));
        });
        if (answer.View.View.IsEmpty) throw answer.Nothing();
        return new()
        {
            Indicator = IndicatorMapping.ToMessage(observable, answer.View.View, common, answer.View.Containers, answer.Question.At),
            UnavailableJurisdictions = { answer.Unreachable },
        };
    }

    public override async Task<V1.GetAssetResponse> GetAsset(V1.GetAssetRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var owner = Requests.Text(request.Owner, PolicyBounds.IdBytesMax, "owner");
        var id = Requests.Text(request.AssetId, Bounds.AssetFieldBytesMax, "asset_id");
        // Who takes part is known to every member, so an unknown owner need not be asked for.
        if (caller.Policy.Find(owner) is not { } organisation) throw Refused.NotFound();
        var answer = await _one.AskOrOwn(caller, async asking =>
        {
            if (asking.IsOwnOnly && organisation.Id != caller.Organisation.Id) return Contracts.Views.AssetView.Empty;
            var disclosed = await grid.Inquiry(new(organisation.Jurisdiction)).Asset(asking.Question, new(owner, id));
            asking.Decided(disclosed.PolicyVersion);
            return disclosed.View;
        });
        if (answer.View.IsEmpty) throw answer.Nothing();
        return new() { Asset = AssetMapping.ToMessage(owner, answer.View) };
    }

    public override async Task<V1.GetIncidentResponse> GetIncident(
        V1.GetIncidentRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var node = request.NameCase switch
        {
            V1.GetIncidentRequest.NameOneofCase.Observable => Requests.Observable(request.Observable),
            V1.GetIncidentRequest.NameOneofCase.IncidentId =>
                await Find(caller, Requests.Text(request.IncidentId, IncidentIdBytesMax, "incident_id")),
            _ => throw Refused.Field("name", "REQUIRED", "Either incident_id or observable is required."),
        };
        var answer = await new IncidentQuestion(grid, _one, warninglists).Ask(caller, node);
        if (answer.View is not { } incident) throw answer.Nothing();
        return new()
        {
            Incident = IncidentMapping.ToMessage(await _names.Name(caller, incident.Name), incident),
            UnavailableJurisdictions = { answer.Unreachable },
        };
    }

    public override async Task<V1.ListIndicatorsResponse> ListIndicators(
        V1.ListIndicatorsRequest request, ServerCallContext context)
    {
        var answer = await new IndicatorList(grid, _one, warninglists).Ask(
            Caller.Of(context), ListRequests.Read(request), context.CancellationToken);
        return new()
        {
            Indicators = { answer.View.Entries.Select(ListMapping.ToMessage) },
            NextPageToken = ListToken.Of(answer.View.Next, ListRequests.Asked(request)),
            UnavailableJurisdictions = { answer.Unreachable },
        };
    }

    public override async Task<V1.ListIncidentsResponse> ListIncidents(
        V1.ListIncidentsRequest request, ServerCallContext context)
    {
        var (caller, wanted) = (Caller.Of(context), ListRequests.Read(request));
        var answer = await new IncidentList(grid, _one, new IncidentQuestion(grid, _one, warninglists)).Ask(
            caller, wanted, context.CancellationToken);
        var ids = await Task.WhenAll(answer.View.Entries.Select(incident => _names.Name(caller, incident.Name)));
        return new()
        {
            Incidents = { ids.Zip(answer.View.Entries, ListMapping.ToMessage) },
            NextPageToken = ListToken.Of(answer.View.Next, ListRequests.Asked(request)),
            UnavailableJurisdictions = { answer.Unreachable },
        };
    }

    public override async Task<V1.GetTrendResponse> GetTrend(V1.GetTrendRequest request, ServerCallContext context)
    {
        var name = TrendMapping.Read(request);
        var answer = await new TrendQuestion(grid, _one).Ask(Caller.Of(context), name);
        if (answer.View.IsEmpty) throw answer.Nothing();
        return new()
        {
            Trend = TrendMapping.ToMessage(name, answer.View, answer.Question.At),
            UnavailableJurisdictions = { answer.Unreachable },
        };
    }

    public override async Task StreamEvidence(
        V1.StreamEvidenceRequest request, IServerStreamWriter<V1.StreamEvidenceResponse> responseStream,
        ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var observable = Requests.Observable(request.Observable);
        var limit = Requests.Limit(request.Limit, EvidenceUsual, Bounds.EvidenceSightingsMax, "limit");
        var answer = await new IndicatorQuestion(grid, _one).Ask(caller, observable);
        await new EvidenceAnswer(grid, policy, answer).Send(
            caller.Home, observable, limit, message => responseStream.WriteAsync(message, context.CancellationToken));
    }

    private async Task<Observable> Find(Caller caller, string incidentId)
    {
        var found = await _names.Find(caller, incidentId);
        return found.View ?? throw found.Nothing();
    }
}
