using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Changes;
using CrossBorderSoc.Grains.Evidence;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Incidents;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Placement;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Grains.Inquiry;

/// <summary>
/// One lane of a home's inquiry: computes the key that only this home can, and passes the question on. Evidence, which no actor
/// keeps, it reads itself. Reentrant: it holds nothing, so interleaved questions cannot meet.
/// </summary>
[Reentrant, StatelessWorker, GrainDirectory(CarriedDirectoryName.Value), CarriedFilter]
public sealed class InquiryGrain(
    Subjects subjects, CallerDirectory callers, EvidenceReader evidence, LastSeenReader lastSeen, ChangeReader changes,
    ActorKeyring keys, TimeProvider time) : Grain, IInquiry
{
    private const long WaitMilliseconds = 1_000;

    /// <inheritdoc/>
    public ValueTask<DisclosedIndicator> Indicator(Question question, Observable observable)
    {
        var home = this.HomeOfKey();
        var key = subjects.KeyOf(home, Digest.Of(observable));
        return home.IsHub
            ? GrainFactory.GetGrain<IIndicator>(key).Disclose(question, observable)
            : GrainFactory.GetGrain<INationalIndicator>(key).Disclose(question, observable);
    }

    /// <inheritdoc/>
    public ValueTask<DisclosedIndicator> Summary(Question question, Observable observable)
    {
        var home = this.HomeOfKey();
        var key = subjects.KeyOf(home, Digest.Of(observable));
        return home.IsHub
            ? GrainFactory.GetGrain<IIndicator>(key).Summarise(question, observable)
            : GrainFactory.GetGrain<INationalIndicator>(key).Summarise(question, observable);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DisclosedCorrelation>> Correlate(
        Question question, ImmutableArray<Observable> observables) => AskEach(observables, one => Correlate(question, one));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DisclosedPresence>> Presence(
        Question question, ImmutableArray<Observable> observables) => AskEach(observables, one => Presence(question, one));

    /// <inheritdoc/>
    public ValueTask<LastSeenPage> LastSeen(Question question, LastSeenFilter filter, LastSeenPlace? after) =>
        lastSeen.Page(this.HomeOfKey(), callers.AskerOf(question), filter, after, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask<ChangePage> Changes(Question question, ChangePlace? after, long? through, ImmutableArray<Observable> only)
    {
        if (only.Length > IInquiry.ChangesOfMax)
            throw new ArgumentException($"At most {IInquiry.ChangesOfMax} observables in a call.", nameof(only));
        var (home, asker) = (this.HomeOfKey(), callers.AskerOf(question));
        if (after is { } place) return await changes.Read(home, asker, place, through, only, CancellationToken.None);
        var (here, end) = await changes.Here(home, asker, CancellationToken.None);
        return new([], here, end, IsTooMuch: false, IsBehind: false);
    }

    /// <inheritdoc/>
    public async ValueTask WaitForRecords(Question question, long position)
    {
        callers.AskerOf(question);
        // To the next full second, so that all who wait in vain ask again together.
        var left = TimeSpan.FromMilliseconds(WaitMilliseconds - callers.Now % WaitMilliseconds);
        using var waiting = new CancellationTokenSource(left, time);
        await changes.Wait(this.HomeOfKey(), position, waiting.Token);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ReadOnlyMemory<byte>>> SealCursors(
        Question question, ImmutableArray<ReadOnlyMemory<byte>> places)
    {
        callers.AskerOf(question);
        return places.Length <= IInquiry.CursorsPerCallMax
            ? new([.. places.Select(place => (ReadOnlyMemory<byte>)keys.SealCursor(place.Span))])
            : throw new ArgumentException($"At most {IInquiry.CursorsPerCallMax} places in a call.", nameof(places));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> OpenCursor(Question question, ReadOnlyMemory<byte> cursor)
    {
        callers.AskerOf(question);
        return new(keys.OpenCursor(cursor.Span) is { } place ? (ReadOnlyMemory<byte>?)place : null);
    }

    /// <inheritdoc/>
    public async ValueTask<IncidentName> NameIncident(Question question, Observable observable)
    {
        var key = subjects.IncidentKeyOf(observable);
        var isShown = await Shows(question, observable);
        if (isShown) await GrainFactory.GetGrain<IIncident>(key).Keep(question, observable);
        return new(IncidentId.OfKey(key), isShown);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> KeepIncident(Question question, string incidentId, Observable observable)
    {
        if (!IncidentId.TryReadKey(incidentId, this.HomeOfKey(), out var key) || !await Shows(question, observable)) return false;
        await GrainFactory.GetGrain<IIncident>(key).Keep(question, observable);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask<Observable?> FindIncident(Question question, string incidentId) =>
        IncidentId.TryReadKey(incidentId, this.HomeOfKey(), out var key)
        && await GrainFactory.GetGrain<IIncident>(key).Observable(question) is { } found && await Shows(question, found)
            ? found : null;

    /// <inheritdoc/>
    public ValueTask<DisclosedAsset> Asset(Question question, AssetName asset) =>
        GrainFactory.GetGrain<IAsset>(subjects.KeyOf(this.HomeOfKey(), Digest.OfAsset(asset.Owner, asset.Id)))
            .Disclose(question, asset);

    /// <inheritdoc/>
    public ValueTask<DisclosedTrend> Trend(Question question, TrendName name) =>
        GrainFactory.GetGrain<ITrend>(subjects.KeyOf(this.HomeOfKey(), Digest.Of(name))).Disclose(question, name);

    /// <inheritdoc/>
    public ValueTask<EvidencePage> Evidence(Question question, Observable observable, EvidencePlace? after, int limit) =>
        evidence.Page(this.HomeOfKey(), observable, callers.AskerOf(question), after, limit, () => callers.MayStillTell(question));

    private static async ValueTask<ImmutableArray<T>> AskEach<T>(
        ImmutableArray<Observable> observables, Func<Observable, Task<T>> ask) =>
        observables.Length <= IInquiry.ObservablesPerCallMax
            ? ImmutableCollectionsMarshal.AsImmutableArray(await Task.WhenAll(observables.Select(ask)))
            : throw new ArgumentException($"At most {IInquiry.ObservablesPerCallMax} observables in a call.", nameof(observables));

    // Whether this home shows the caller what incidents are made of, or points to it.
    private async Task<bool> Shows(Question question, Observable observable)
    {
        var (part, elsewhere, _) = await Correlate(question, observable);
        return !part.Activity.IsEmpty || !part.Contributions.IsEmpty || !elsewhere.IsEmpty;
    }

    // Most of what is asked here was never seen by anybody: no actor wakes for it.
    private async Task<DisclosedPresence> Presence(Question question, Observable observable)
    {
        var (home, subject, version) = (this.HomeOfKey(), Digest.Of(observable), callers.AskerOf(question).PolicyVersion);
        if (!await subjects.IsKnown(home, subject, CancellationToken.None)) return new(false, version);
        var key = subjects.KeyOf(home, subject);
        return home.IsHub
            ? await GrainFactory.GetGrain<IIndicator>(key).Present(question, observable)
            : await GrainFactory.GetGrain<INationalIndicator>(key).Present(question, observable);
    }

    private async Task<DisclosedCorrelation> Correlate(Question question, Observable observable)
    {
        var home = this.HomeOfKey();
        var key = subjects.KeyOf(home, Digest.Of(observable));
        return home.IsHub
            ? await GrainFactory.GetGrain<IIndicator>(key).Correlate(question, observable)
            : await GrainFactory.GetGrain<INationalIndicator>(key).Correlate(question, observable);
    }
}
