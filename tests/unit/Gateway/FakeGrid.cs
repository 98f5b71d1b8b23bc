using System.Collections.Concurrent;
using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A grid whose answers a test sets; by default everything is accepted and nothing is visible.</summary>
internal sealed class FakeGrid : IGrid, IPolicyReplica, IJurisdictionStatus
{
    public Func<Home, CallerToken, SightingBatch, Task<BatchOutcome>> OnAccept { get; set; } =
        (_, _, batch) => Task.FromResult(new BatchOutcome(batch.Count, 0, []));

    public Func<Home, DisclosedIndicator> OnIndicator { get; set; } = _ => new(IndicatorView.Empty, [], 1);

    public Func<Home, Observable, DisclosedCorrelation> OnCorrelate { get; set; } = (_, _) => new(new([], []), [], 1);

    public Func<string, Observable?> OnFindIncident { get; set; } = _ => null;

    public Func<Home, EvidencePlace?, EvidencePage> OnEvidence { get; set; } = (_, _) => new([], null, 1);

    public Func<Home, string, string, DisclosedAsset> OnAsset { get; set; } = (_, _, _) => new(AssetView.Empty, 1);

    /// <summary>Every question and batch, as "home kind".</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public PolicyHistory? Current { get; set; } = Samples.Policy;

    public PolicyHistory? LastKnown { get; set; } = Samples.Policy;

    public long Now => Samples.Now;

    public ImmutableArray<string> Unreachable { get; set; } = [];

    public IIntake Intake(Home home) => new Door(this, home);

    public IInquiry Inquiry(Home home) => new Door(this, home);

    private sealed class Door(FakeGrid grid, Home home) : IIntake, IInquiry
    {
        public async ValueTask<BatchOutcome> Accept(CallerToken caller, SightingBatch batch)
        {
            grid.Calls.Enqueue(home + " accept");
            return await grid.OnAccept(home, caller, batch);
        }

        public async ValueTask<DisclosedIndicator> Indicator(CallerToken caller, Observable observable)
        {
            grid.Calls.Enqueue(home + " indicator");
            await Task.Yield();
            return grid.OnIndicator(home);
        }

        public async ValueTask<DisclosedAsset> Asset(CallerToken caller, AssetName asset)
        {
            grid.Calls.Enqueue(home + " asset");
            await Task.Yield();
            return grid.OnAsset(home, asset.Owner, asset.Id);
        }

        public async ValueTask<ImmutableArray<DisclosedCorrelation>> Correlate(
            CallerToken caller, ImmutableArray<Observable> observables)
        {
            grid.Calls.Enqueue(home + " correlate");
            await Task.Yield();
            return [.. observables.Select(observable => grid.OnCorrelate(home, observable))];
        }

        public async ValueTask<string> NameIncident(CallerToken caller, Observable observable)
        {
            grid.Calls.Enqueue(home + " name");
            await Task.Yield();
            return "INC-" + observable.Text;
        }

        public async ValueTask<Observable?> FindIncident(CallerToken caller, string incidentId)
        {
            grid.Calls.Enqueue(home + " find");
            await Task.Yield();
            return grid.OnFindIncident(incidentId);
        }

        public async ValueTask<EvidencePage> Evidence(
            CallerToken caller, Observable observable, EvidencePlace? after, int limit)
        {
            grid.Calls.Enqueue(home + " evidence");
            await Task.Yield();
            return grid.OnEvidence(home, after);
        }
    }
}
