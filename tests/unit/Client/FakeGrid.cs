using System.Collections.Concurrent;
using CrossBorderSoc.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>A grid of services that a test writes, on a loopback port that the system chooses.</summary>
internal sealed class FakeGrid : IAsyncDisposable
{
    private readonly WebApplication app;
    private bool stopped;

    private FakeGrid(WebApplication app) => (this.app, Url) = (app, app.Urls.Single());

    public string Url { get; }

    public static async Task<FakeGrid> StartAsync(FakeSightings? sightings = null, FakeAnalysis? analysis = null, FakeIncidents? incidents = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 8 * 1024 * 1024);
        builder.Services.AddSingleton(sightings ?? new FakeSightings());
        builder.Services.AddSingleton(analysis ?? new FakeAnalysis());
        builder.Services.AddSingleton(incidents ?? new FakeIncidents());
        var grid = builder.Build();
        grid.MapGrpcService<FakeSightings>();
        grid.MapGrpcService<FakeAnalysis>();
        grid.MapGrpcService<FakeConsortium>();
        grid.MapGrpcService<FakeIncidents>();
        await grid.StartAsync();
        return new(grid);
    }

    public async ValueTask DisposeAsync()
    {
        if (stopped) return;
        stopped = true;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}

/// <summary>Remembers what landed, by token; a test says how it answers and when it breaks.</summary>
internal sealed class FakeSightings : SightingService.SightingServiceBase
{
    /// <summary>What landed: token, identifier and order of arrival.</summary>
    public ConcurrentQueue<(string Token, string Id)> Landed { get; } = new();

    /// <summary>Judges a sighting; null is fine.</summary>
    public Func<Sighting, Rejection?> Judge { get; init; } = _ => null;

    /// <summary>Asked before each acknowledgement; throws to break the stream.</summary>
    public Action<SightingBatch> BeforeAck { get; init; } = _ => { };

    /// <summary>Asked when a stream opens: why it may not; null when it may.</summary>
    public Func<RpcException?> Opening { get; init; } = () => null;

    /// <summary>Whether batches are answered at all.</summary>
    public bool Acknowledges { get; init; } = true;

    /// <summary>Streams open now, and the most there ever were.</summary>
    public int Open => open;

    public int MostOpen { get; private set; }

    private readonly Lock gate = new();
    private readonly HashSet<(string, string)> known = [];
    private int open;

    public override async Task Push(
        IAsyncStreamReader<SightingBatch> requests, IServerStreamWriter<BatchAck> responses, ServerCallContext context)
    {
        var token = context.RequestHeaders.GetValue("authorization") ?? "";
        if (token == "Bearer bad") throw new RpcException(new Status(StatusCode.Unauthenticated, "no such \e[31mtoken"));
        if (Opening() is { } refusal) throw refusal;
        lock (gate) MostOpen = Math.Max(MostOpen, ++open);
        try
        {
            await foreach (var batch in requests.ReadAllAsync(context.CancellationToken))
            {
                var ack = Land(token, batch);
                BeforeAck(batch);
                if (Acknowledges) await responses.WriteAsync(ack);
            }
        }
        finally
        {
            lock (gate) open--;
        }
    }

    private BatchAck Land(string token, SightingBatch batch)
    {
        var ack = new BatchAck { Sequence = batch.Sequence };
        lock (gate)
            for (var i = 0; i < batch.Sightings.Count; i++)
            {
                var sighting = batch.Sightings[i];
                if (Judge(sighting) is { } rejection)
                {
                    rejection.Index = (uint)i;
                    rejection.SightingId = sighting.Id;
                    ack.Rejections.Add(rejection);
                }
                else if (known.Add((token, sighting.Id)))
                {
                    ack.Accepted++;
                    Landed.Enqueue((token, sighting.Id));
                }
                else ack.Duplicates++;
            }
        return ack;
    }
}

/// <summary>Answers with what a test gave it.</summary>
internal sealed class FakeAnalysis : AnalysisService.AnalysisServiceBase
{
    public Func<Observable, GetIndicatorResponse> Indicator { get; init; } = _ =>
        throw new RpcException(new Status(StatusCode.NotFound, "No such indicator (or it might not exist)."));

    public Func<GetIncidentRequest, Incident> Incident { get; init; } = _ =>
        throw new RpcException(new Status(StatusCode.NotFound, "No such incident (or it might not exist)."));

    public List<Evidence> Evidence { get; init; } = [];

    public override Task<GetIndicatorResponse> GetIndicator(GetIndicatorRequest request, ServerCallContext context) =>
        Task.FromResult(Indicator(request.Observable));

    public override Task<GetIncidentResponse> GetIncident(GetIncidentRequest request, ServerCallContext context) =>
        Task.FromResult(new GetIncidentResponse { Incident = Incident(request) });

    public List<ListIndicatorsRequest> Listed { get; } = [];

    // Two hundred and one, in pages as asked for.
    public override Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context)
    {
        Listed.Add(request);
        var start = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
        var end = Math.Min(201, start + (int)request.PageSize);
        return Task.FromResult(new ListIndicatorsResponse
        {
            Indicators =
            {
                Enumerable.Range(start, end - start).Select(i => new IndicatorSummary
                {
                    Observable = new() { Type = "domain-name", Value = $"v{i}.\e[2Jexample" }, Score = 7, Jurisdictions = { "BE", "DE" },
                }),
            },
            NextPageToken = end == 201 ? "" : $"{end}",
        });
    }

    public override async Task StreamEvidence(
        StreamEvidenceRequest request, IServerStreamWriter<StreamEvidenceResponse> stream, ServerCallContext context)
    {
        foreach (var evidence in Evidence.Take((int)request.Limit)) await stream.WriteAsync(new() { Evidence = evidence });
    }
}

/// <summary>Has three organisations on two pages.</summary>
internal sealed class FakeConsortium : ConsortiumService.ConsortiumServiceBase
{
    public override Task<ListOrganisationsResponse> ListOrganisations(
        ListOrganisationsRequest request, ServerCallContext context) =>
        Task.FromResult(request.PageToken.Length == 0
            ? new ListOrganisationsResponse { Organisations = { One("a.be"), One("b.be") }, NextPageToken = "more" }
            : new ListOrganisationsResponse { Organisations = { One("[red]c.be[/]\e[2J") } });

    private static Organisation One(string id) => new() { Id = id, Jurisdiction = "BE", Kind = "csirt", Name = "N" };
}

/// <summary>Remembers what was said of incidents.</summary>
internal sealed class FakeIncidents : IncidentService.IncidentServiceBase
{
    public List<(string Token, Contribution Said)> Heard { get; } = [];

    public override Task<ContributeResponse> Contribute(ContributeRequest request, ServerCallContext context)
    {
        Heard.Add((context.RequestHeaders.GetValue("authorization") ?? "", request.Contribution));
        return Task.FromResult(new ContributeResponse());
    }
}
