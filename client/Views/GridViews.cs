using System.Runtime.CompilerServices;
using CrossBorderSoc.V1;
using Google.Protobuf.Collections;
using Grpc.Core;

namespace CrossBorderSoc.Client.Views;

/// <summary>Asks the grid as one caller. Errors are <see cref="RpcException"/>; hidden and absent are NOT_FOUND alike.</summary>
/// <param name="invoker">The connection to the grid.</param>
/// <param name="token">The caller's token.</param>
public sealed class GridViews(CallInvoker invoker, string token)
{
    private const uint PageSize = 1000;
    private const int ListPageSizeMax = 200;

    private readonly AnalysisService.AnalysisServiceClient analysis = new(invoker);
    private readonly ConsortiumService.ConsortiumServiceClient consortium = new(invoker);
    private readonly IncidentService.IncidentServiceClient incidents = new(invoker);
    private readonly Metadata headers = new() { { "authorization", $"Bearer {token}" } };

    /// <summary>The caller's view of an indicator.</summary>
    /// <exception cref="RpcException">NOT_FOUND when nothing is visible.</exception>
    public async Task<GetIndicatorResponse> IndicatorAsync(Observable observable, CancellationToken cancellation) =>
        await analysis.GetIndicatorAsync(new() { Observable = observable }, headers, cancellationToken: cancellation);

    /// <summary>The caller's view of an incident, by an identifier or a core observable.</summary>
    /// <exception cref="RpcException">NOT_FOUND when nothing is visible.</exception>
    public async Task<GetIncidentResponse> IncidentAsync(GetIncidentRequest request, CancellationToken cancellation) =>
        await analysis.GetIncidentAsync(request, headers, cancellationToken: cancellation);

    /// <summary>Says something of incidents; again is safe.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT names the field.</exception>
    public async Task<ContributeResponse> ContributeAsync(Contribution contribution, CancellationToken cancellation) =>
        await incidents.ContributeAsync(new() { Contribution = contribution }, headers, cancellationToken: cancellation);

    /// <summary>The caller's view of an asset.</summary>
    /// <exception cref="RpcException">NOT_FOUND when nothing is visible.</exception>
    public async Task<GetAssetResponse> AssetAsync(string owner, string asset, CancellationToken cancellation) =>
        await analysis.GetAssetAsync(
            new() { Owner = owner, AssetId = asset }, headers, cancellationToken: cancellation);

    /// <summary>The caller's view of a technique or a sector.</summary>
    /// <exception cref="RpcException">NOT_FOUND when nothing is visible.</exception>
    public async Task<GetTrendResponse> TrendAsync(GetTrendRequest request, CancellationToken cancellation) =>
        await analysis.GetTrendAsync(request, headers, cancellationToken: cancellation);

    /// <summary>The first indicators of a list, page after page, in one answer; its token says whether there are more.</summary>
    /// <param name="request">Which; its page is chosen here.</param>
    /// <param name="limit">Most indicators.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<ListIndicatorsResponse> IndicatorsAsync(
        ListIndicatorsRequest request, int limit, CancellationToken cancellation) => FirstPagesAsync(
        async (token, size) => await analysis.ListIndicatorsAsync(
            new(request) { PageToken = token, PageSize = size }, headers, cancellationToken: cancellation),
        page => (page.Indicators, page.NextPageToken), (all, next) => all.NextPageToken = next, limit);

    /// <summary>The first incidents of a list, as <see cref="IndicatorsAsync"/>.</summary>
    public Task<ListIncidentsResponse> IncidentsAsync(
        ListIncidentsRequest request, int limit, CancellationToken cancellation) => FirstPagesAsync(
        async (token, size) => await analysis.ListIncidentsAsync(
            new(request) { PageToken = token, PageSize = size }, headers, cancellationToken: cancellation),
        page => (page.Incidents, page.NextPageToken), (all, next) => all.NextPageToken = next, limit);

    /// <summary>The sightings behind an indicator, as they arrive.</summary>
    /// <param name="observable">The indicator's value.</param>
    /// <param name="limit">Most sightings, 1 to 100,000.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async IAsyncEnumerable<Evidence> EvidenceAsync(
        Observable observable, uint limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new StreamEvidenceRequest { Observable = observable, Limit = limit };
        using var call = analysis.StreamEvidence(request, headers, cancellationToken: cancellation);
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellation)) yield return response.Evidence;
    }

    /// <summary>All organisations, page after page, in one answer.</summary>
    public Task<ListOrganisationsResponse> OrganisationsAsync(CancellationToken cancellation) =>
        AllPagesAsync(
            (token, stop) => consortium.ListOrganisationsAsync(
                new() { PageSize = PageSize, PageToken = token }, headers, cancellationToken: stop).ResponseAsync,
            page => (page.Organisations, page.NextPageToken),
            page => page.NextPageToken = "",
            cancellation);

    /// <summary>The caller's communities, page after page, in one answer.</summary>
    public Task<ListCommunitiesResponse> CommunitiesAsync(CancellationToken cancellation) =>
        AllPagesAsync(
            (token, stop) => consortium.ListCommunitiesAsync(
                new() { PageSize = PageSize, PageToken = token }, headers, cancellationToken: stop).ResponseAsync,
            page => (page.Communities, page.NextPageToken),
            page => page.NextPageToken = "",
            cancellation);

    /// <summary>The agreements that the caller is party to, page after page, in one answer.</summary>
    public Task<ListAgreementsResponse> AgreementsAsync(CancellationToken cancellation) =>
        AllPagesAsync(
            (token, stop) => consortium.ListAgreementsAsync(
                new() { PageSize = PageSize, PageToken = token }, headers, cancellationToken: stop).ResponseAsync,
            page => (page.Agreements, page.NextPageToken),
            page => page.NextPageToken = "",
            cancellation);

    private static async Task<TPage> FirstPagesAsync<TPage, TEntry>(
        Func<string, uint, Task<TPage>> ask, Func<TPage, (RepeatedField<TEntry> Entries, string NextPageToken)> read,
        Action<TPage, string> seal, int limit)
    {
        var all = await ask("", (uint)Math.Min(limit, ListPageSizeMax));
        var (entries, next) = read(all);
        while (next.Length > 0 && entries.Count < limit)
        {
            var page = read(await ask(next, (uint)Math.Min(limit - entries.Count, ListPageSizeMax)));
            entries.AddRange(page.Entries);
            next = page.NextPageToken;
        }
        seal(all, next);
        return all;
    }

    private static async Task<TPage> AllPagesAsync<TPage, TEntry>(
        Func<string, CancellationToken, Task<TPage>> ask,
        Func<TPage, (RepeatedField<TEntry> Entries, string NextPageToken)> read,
        Action<TPage> seal,
        CancellationToken cancellation)
    {
        var all = await ask("", cancellation);
        for (var next = read(all).NextPageToken; next.Length > 0;)
        {
            var page = await ask(next, cancellation);
            read(all).Entries.AddRange(read(page).Entries);
            next = read(page).NextPageToken;
        }
        seal(all);
        return all;
    }
}
