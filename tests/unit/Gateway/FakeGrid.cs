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

    public Func<Home, Observable, DisclosedIndicator>? OnIndicatorOf { get; set; }

    public Func<Home, Observable, DisclosedCorrelation> OnCorrelate { get; set; } = (_, _) => new(new([], [], []), [], 1);

    public Func<Home, Observable, DisclosedPresence> OnPresence { get; set; } = (_, _) => new(false, 1);

    public Func<Home, LastSeenFilter, LastSeenPlace?, LastSeenPage> OnLastSeen { get; set; } = (_, _, _) => new([], null, 1);

    public Func<Home, ChangePlace?, ChangePage> OnChanges { get; set; } =
        (_, after) => new([], after ?? new(0, 0, 1), 0, IsTooMuch: false, IsBehind: false);

    /// <summary>Whose questions about changes are refused.</summary>
    public Func<CallerToken, bool> OnRefuses { get; set; } = _ => false;

    public Func<Home, string, Observable?> OnFindIncident { get; set; } = (_, _) => null;

    /// <summary>The homes that keep the identifiers that they are told of.</summary>
    public Func<Home, bool> OnKeeps { get; set; } = home => home.IsHub;

    public Func<Home, EvidencePlace?, EvidencePage> OnEvidence { get; set; } = (_, _) => new([], null, 1);

    public Func<Home, string, string, DisclosedAsset> OnAsset { get; set; } = (_, _, _) => new(AssetView.Empty, 1);

    public Func<Home, TrendName, DisclosedTrend> OnTrend { get; set; } = (_, _) => new(TrendView.Empty, [], 1);

    /// <summary>Every question and batch, as "home kind".</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The instants of all questions.</summary>
    public ConcurrentQueue<long> Instants { get; } = new();

    /// <summary>Through what the answers to all questions leave.</summary>
    public ConcurrentQueue<Outlet> Outlets { get; } = new();

    /// <summary>Whether each question was of the caller's own statements alone.</summary>
    public ConcurrentQueue<bool> OwnOnly { get; } = new();

    public PolicyHistory? Current { get; set; } = Samples.Policy;

    public PolicyHistory? LastKnown { get; set; } = Samples.Policy;

    public Func<long> OnNow { get; set; } = () => Samples.Now;

    public Func<long, bool> OnAccepts { get; set; } = _ => true;

    public Func<ImmutableArray<string>> OnUnreachable { get; set; } = () => [];

    public long Now => OnNow();

    public ImmutableArray<string> Unreachable => OnUnreachable();

    public bool Accepts(long instant) => OnAccepts(instant);

    public IIntake Intake(Home home) => new Door(this, home);

    public IInquiry Inquiry(Home home) => new Door(this, home);

    private void Note(Home home, string kind, Question question)
    {
        Calls.Enqueue($"{home} {kind}");
        Instants.Enqueue(question.At);
        Outlets.Enqueue(question.Outlet);
        OwnOnly.Enqueue(question.IsOwnOnly);
    }

    private sealed class Door(FakeGrid grid, Home home) : IIntake, IInquiry
    {
        public async ValueTask<BatchOutcome> Accept(CallerToken caller, SightingBatch batch)
        {
            grid.Calls.Enqueue(home + " accept");
            return await grid.OnAccept(home, caller, batch);
        }

        public async ValueTask<DisclosedIndicator> Indicator(Question question, Observable observable)
        {
            grid.Note(home, "indicator", question);
            await Task.Yield();
            return grid.OnIndicatorOf?.Invoke(home, observable) ?? grid.OnIndicator(home);
        }

        public ValueTask<DisclosedIndicator> Summary(Question question, Observable observable) => Indicator(question, observable);

        public async ValueTask<DisclosedAsset> Asset(Question question, AssetName asset)
        {
            grid.Note(home, "asset", question);
            await Task.Yield();
            return grid.OnAsset(home, asset.Owner, asset.Id);
        }

        public async ValueTask<ImmutableArray<DisclosedCorrelation>> Correlate(
            Question question, ImmutableArray<Observable> observables)
        {
            grid.Note(home, "correlate", question);
            await Task.Yield();
            return [.. observables.Select(observable => grid.OnCorrelate(home, observable))];
        }

        public async ValueTask<ImmutableArray<DisclosedPresence>> Presence(
            Question question, ImmutableArray<Observable> observables)
        {
            grid.Note(home, "presence", question);
            await Task.Yield();
            return [.. observables.Select(observable => grid.OnPresence(home, observable))];
        }

        public async ValueTask<LastSeenPage> LastSeen(Question question, LastSeenFilter filter, LastSeenPlace? after)
        {
            grid.Note(home, "last seen", question);
            await Task.Yield();
            return grid.OnLastSeen(home, filter, after);
        }

        public async ValueTask<ChangePage> Changes(
            Question question, ChangePlace? after, long? through, ImmutableArray<Observable> only)
        {
            grid.Note(home, "changes", question);
            await Task.Yield();
            if (grid.OnRefuses(question.Token)) throw new CallerRefusedException("canary");
            var page = grid.OnChanges(home, after);
            return page.Next == after ? page : page with { Next = page.Next with { At = question.At } };
        }

        public async ValueTask WaitForRecords(Question question, long position) => await Task.Yield();

        public ValueTask<ImmutableArray<ReadOnlyMemory<byte>>> SealCursors(
            Question question, ImmutableArray<ReadOnlyMemory<byte>> places) => new(places);

        public ValueTask<ReadOnlyMemory<byte>?> OpenCursor(Question question, ReadOnlyMemory<byte> cursor) => new(cursor);

        public async ValueTask<IncidentName> NameIncident(Question question, Observable observable)
        {
            grid.Note(home, "name", question);
            await Task.Yield();
            return new("INC-" + observable.Text, grid.OnKeeps(home));
        }

        public async ValueTask<bool> KeepIncident(Question question, string incidentId, Observable observable)
        {
            grid.Note(home, "keep", question);
            await Task.Yield();
            return grid.OnKeeps(home);
        }

        public async ValueTask<Observable?> FindIncident(Question question, string incidentId)
        {
            grid.Note(home, "find", question);
            await Task.Yield();
            return grid.OnFindIncident(home, incidentId);
        }

        public async ValueTask<DisclosedTrend> Trend(Question question, TrendName name)
        {
            grid.Note(home, "trend", question);
            await Task.Yield();
            return grid.OnTrend(home, name);
        }

        public async ValueTask<EvidencePage> Evidence(
            Question question, Observable observable, EvidencePlace? after, int limit)
        {
            grid.Note(home, "evidence", question);
            await Task.Yield();
            return grid.OnEvidence(home, after);
        }
    }
}
