using System.Text;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Canaries in every field of sightings that stay with their owner: none is in anything that another partner gets, nor in anything
/// that a silo or the gateway logs, at any level, whatever fails.
/// </summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Value = "canary-value.example";
    private const string Asset = "canary-asset";
    private const string Id = "cacacaca-0000-4000-8000-cacacacacaca";
    private const string Technique = "T6666.666";
    private static readonly string[] Canaries =
        ["canary", Id, "CACACACA", Technique, "cacacaca00004000", Convert.ToBase64String(Encoding.UTF8.GetBytes(Value))[..^4]];

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HeardLogs _logs = new();
    private readonly Stall _stall = new();
    private readonly Saying _say = new(TimeProvider.System.GetUtcNow(), firstNumber: 1);
    private readonly List<Heard> _heardByOthers = [];
    private TestGrid _grid = null!;
    private GridGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _grid = await TestGrid.Start(
            new GridSetup(Consortium.All, []) { Logs = _logs }, new SiloPlan("hub-0", "hub", "EU"),
            new SiloPlan("be-0", "BE") { Change = silo => silo.AddIncomingGrainCallFilter(_stall) },
            new SiloPlan("fr-0", "FR", "DE") { Change = silo => silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = Timeout) });
        _gateway = await GridGateway.Start(_grid, "fr-0", _logs);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _grid.DisposeAsync();
    }

    [Fact]
    public async Task HiddenFields_AreInNoAnswerToOthers_NoErrorAndNoLog()
    {
        (await As(Consortium.Be.Id, Push(Hidden(), _say.Sighting(V1.Tlp.Green, "shown.example")))).Code.ShouldBe(StatusCode.OK);
        foreach (var said in Said()) (await As(Consortium.Be.Id, Saying.Contribute(said))).Code.ShouldBe(StatusCode.OK);
        await _grid.ReleasesCaughtUp();
        await TheOwnerHearsThem();
        foreach (var question in Questions()) await AsOthers(question);
        await As(Consortium.Be.Id, Push([.. Bad()]));
        await CallsThatTimeOut();
        await _grid.Stop("be-0");
        foreach (var question in Questions()) await AsOthers(question);
        await _gateway.Stop();

        _heardByOthers.Count(heard => heard.Code == StatusCode.OK).ShouldBeGreaterThan(0);
        foreach (var heard in _heardByOthers) ShouldHoldNone(heard.Text);
        foreach (var line in _logs.Lines) ShouldHoldNone(line);
        // So begins every token.
        _logs.Lines.ShouldAllBe(line => !line.Contains("eyJ", StringComparison.Ordinal));
        // The failures were there, and were told of.
        _logs.Lines.ShouldContain(line => line.Contains("could not answer a call: System.TimeoutException", StringComparison.Ordinal));
    }

    private async Task TheOwnerHearsThem()
    {
        var heard = string.Concat(await Task.WhenAll(Questions().Select(async q => (await As(Consortium.Be.Id, q)).Text)));
        foreach (var field in (string[])
            [
                Value, Asset, Id, Technique, "canary description", "canary-reference", "canary-sector", "canary-service", "canary-supplier",
                "canary words",
            ])
            heard.ShouldContain(field);
    }

    // The silo of the value's home takes the calls and does not answer; one client does not wait for the end.
    private async Task CallsThatTimeOut()
    {
        _stall.Start();
        using var impatient = new CancellationTokenSource();
        var left = As(Consortium.Be.Id, Questions().First(), impatient.Token);
        await Eventually.Holds(() => _stall.Waiting > 0, "the call hangs", Patience);
        await impatient.CancelAsync();
        (await left).Code.ShouldBe(StatusCode.Cancelled);
        var asked = Questions().Append(Push(Hidden())).Select(question => As(Consortium.Be.Id, question));
        var heard = await Task.WhenAll(asked);
        heard.ShouldContain(one => one.Code == StatusCode.Unavailable);
        foreach (var one in heard) ShouldHoldNone(one.Text);
        _stall.Release();
    }

    private V1.Sighting Hidden()
    {
        var sighting = _say.Sighting(V1.Tlp.Red, Value, "shown.example");
        (sighting.Id, sighting.Description, sighting.SourceRef) = (Id, "canary description", "canary-reference");
        sighting.Asset = new() { Id = Asset, Sector = "canary-sector", Service = "canary-service", Supplier = "canary-supplier" };
        sighting.Techniques.Add(Technique);
        return sighting;
    }

    // One that others see nothing of, and one of which they see the redacted form.
    private IEnumerable<V1.Contribution> Said()
    {
        foreach (var (tlp, value) in ((V1.Tlp, string)[])[(V1.Tlp.Red, Value), (V1.Tlp.Green, "shown.example")])
        {
            yield return _say.Contribution(tlp, V1.ContributionKind.Opened, value);
            var said = _say.Contribution(tlp, V1.ContributionKind.Affected, value);
            (said.Service, said.Text, said.Marking.Attribution) = ("canary-affected", "canary words", V1.Attribution.Jurisdiction);
            yield return said;
        }
    }

    private IEnumerable<V1.Sighting> Bad()
    {
        var (value, text, conflict) = (Hidden(), Hidden(), Hidden());
        value.Observables.Add(new V1.Observable { Type = "ipv4-addr", Value = "canary" });
        text.Description = "canary" + new string('x', 5_000);
        conflict.Count++;
        return [value, text, conflict];
    }

    private static IEnumerable<RpcCase> Questions()
    {
        foreach (var value in (string[])[Value, "shown.example"])
        {
            var observable = Saying.Domain(value);
            yield return Ask("GetIndicator", new V1.GetIndicatorRequest { Observable = observable });
            yield return Ask("GetIncident", new V1.GetIncidentRequest { Observable = observable });
            yield return Ask("StreamEvidence", new V1.StreamEvidenceRequest { Observable = observable });
        }
        yield return Ask("GetAsset", new V1.GetAssetRequest { Owner = Consortium.Be.Id, AssetId = Asset });
        yield return Ask("GetIncident", new V1.GetIncidentRequest { IncidentId = "canary" });
        yield return Ask("GetTrend", new V1.GetTrendRequest { Technique = Technique });
        yield return Ask("GetTrend", new V1.GetTrendRequest { Sector = "canary-sector" });
    }

    private async Task AsOthers(RpcCase question)
    {
        foreach (var partner in (string[])[Consortium.De.Id, Consortium.Fr.Id]) _heardByOthers.Add(await As(partner, question));
    }

    private Task<Heard> As(string organisation, RpcCase question, CancellationToken cancellation = default) =>
        _gateway.Ask(organisation, question, cancellation);

    private static RpcCase Push(params V1.Sighting[] sightings) => Saying.Push(new() { Sightings = { sightings } });

    private static RpcCase Ask(string method, Google.Protobuf.IMessage sent) =>
        new(V1.AnalysisService.Descriptor.FindMethodByName(method), sent);

    private static void ShouldHoldNone(string text)
    {
        foreach (var canary in Canaries)
            if (text.Contains(canary, StringComparison.OrdinalIgnoreCase)) Assert.Fail($"'{canary}' is in: {text}");
    }
}
