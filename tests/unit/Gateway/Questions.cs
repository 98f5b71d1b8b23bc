using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Grpc.Core;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>An analyst of Belgium who asks everything that can be asked, and what homes answer.</summary>
internal static class Questions
{
    public static readonly string[] All = ["GetIndicator", "GetIncident", "GetAsset", "StreamEvidence"];

    private static readonly V1.Observable Asked = new() { Type = "ipv4-addr", Value = "192.0.2.1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Asks by a method's name: the jurisdictions that the answer names as out, and how much it holds.</summary>
    public static async Task<(IReadOnlyList<string> Out, int Held)> Ask(this RunningGateway gateway, string method)
    {
        var (client, caller) = (new V1.AnalysisService.AnalysisServiceClient(gateway.Channel), gateway.As("nsoc.be"));
        switch (method)
        {
            case "GetIndicator":
                var indicator = await client.GetIndicatorAsync(new() { Observable = Asked }, caller, cancellationToken: Cancellation);
                return (indicator.UnavailableJurisdictions, indicator.Indicator.ByJurisdiction.Count);
            case "GetIncident":
                var incident = await client.GetIncidentAsync(new() { Observable = Asked }, caller, cancellationToken: Cancellation);
                return (incident.UnavailableJurisdictions, incident.Incident.Core.Count);
            case "GetAsset":
                await client.GetAssetAsync(new() { Owner = "nsoc.de", AssetId = "srv-1" }, caller, cancellationToken: Cancellation);
                return ([], 1);
            default:
                var sent = new List<V1.Evidence>();
                await gateway.Stream(sent, 0);
                return ([], sent.Count);
        }
    }

    /// <summary>Streams evidence into a list, which holds what came before a failure, too.</summary>
    public static async Task Stream(this RunningGateway gateway, List<V1.Evidence> into, uint limit)
    {
        using var call = new V1.AnalysisService.AnalysisServiceClient(gateway.Channel).StreamEvidence(
            new() { Observable = Asked, Limit = limit }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        await foreach (var one in call.ResponseStream.ReadAllAsync(Cancellation)) into.Add(one.Evidence);
    }

    /// <summary>Lets homes answer: the hub says what it sees in part and which homes hold more; each of these holds something.</summary>
    public static void Answer(this FakeGrid grid, string[] atHub, string[] inFull, Action<Home>? each = null)
    {
        grid.OnIndicator = home =>
        {
            each?.Invoke(home);
            return new(home.IsHub ? View(atHub) : inFull.Contains(home.Code) ? View(home.Code) : IndicatorView.Empty,
                home.IsHub ? [.. inFull] : [], 1);
        };
        grid.OnCorrelate = (home, _) =>
        {
            each?.Invoke(home);
            return new(home.IsHub ? Activity(atHub) : inFull.Contains(home.Code) ? Activity(home.Code) : Activity(),
                home.IsHub ? [.. inFull] : [], 1);
        };
        grid.OnEvidence = (home, _) =>
        {
            each?.Invoke(home);
            return new(atHub.Concat(inFull).Contains(home.Code) ? [Evidence(home), Evidence(home)] : [], null, 1);
        };
        grid.OnAsset = (home, _, _) =>
        {
            each?.Invoke(home);
            return new(AssetView.Empty, 1);
        };
    }

    private static IndicatorView View(params string[] jurisdictions) => IndicatorView.Empty with
    {
        TalliesByJurisdiction = [.. jurisdictions.Select(code => new JurisdictionTally(code, SightingKind.Positive, new(1, 0, 0)))],
    };

    private static Correlation Activity(params string[] jurisdictions) => new(
        [.. jurisdictions.Select(code => new JurisdictionActivity(code, Samples.Now, [Samples.Now - Samples.Now % 3_600_000]))], [], []);

    private static DisclosedSighting Evidence(Home home) => new(
        DisclosureLevel.Redacted, [], SightingKind.Positive, 1, 0, 0, 50,
        DisclosedMarking.Redacted(new(Tlp.Green, Pap.Amber, Attribution.Named, [], null, null)), [], home.Code, null,
        null, null, null, null);
}
