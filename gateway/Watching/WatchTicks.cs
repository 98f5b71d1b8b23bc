using System.Collections.Concurrent;
using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// The beat of all watches of a gateway. In each tick of 25 ms those of one caller go on together, and who fell behind is with the others
/// again after one move (<see cref="WatchChain"/>).
/// </summary>
internal sealed class WatchTicks(IGrid grid, IJurisdictionStatus status, IPolicyReplica policy, TimeProvider time)
{
    /// <summary>The length of a tick.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(25);

    // So long what was asked in a tick is known to whoever comes late: one second.
    private const int KnownTicksMax = 40;
    private static readonly long KnownFor = KnownTicksMax * (long)Length.TotalMilliseconds;
    private static readonly long LengthMilliseconds = (long)Length.TotalMilliseconds;

    private readonly Lock _turn = new();
    private readonly Queue<WatchTick> _known = new();
    private volatile WatchTick _present = new(long.MinValue);

    /// <summary>The present tick.</summary>
    public WatchTick Present
    {
        get
        {
            var now = policy.Now;
            var at = now - now % LengthMilliseconds;
            var present = _present;
            return present.At >= at ? present : Begin(at);
        }
    }

    /// <summary>The place of now, up to which a caller can list.</summary>
    public Task<WatchPlace> Here(WatchTick tick, WatchClass watches) => tick.Once((watches, nameof(Here)), () => Here(watches, tick.At));

    /// <summary>The place up to which a caller can list at an instant.</summary>
    public async Task<WatchPlace> Here(WatchClass watches, long at)
    {
        var (hub, own) = (Ask(Home.Hub), Ask(watches.Home));
        await Task.WhenAll(hub, own);
        return WatchPlace.Of((await hub).Next, (await own).Next);

        Task<ChangePage> Ask(Home home) => this.Ask(watches, home, after: null, at, through: null, []);
    }

    /// <summary>Waits until the other homes' lists of what assets join are as far as their ledgers are now. Who is out is not in lists, either.
    /// </summary>
    public Task JoinedListed(WatchTick tick, WatchClass watches) => tick.Once((watches, nameof(JoinedListed)), async () =>
    {
        await Task.WhenAll(JoinHomes.Of(policy.Current).Where(home => home != watches.Home && !IsOut(home)).Select(Listed));
        return true;

        async Task Listed(Home home)
        {
            try
            {
                for (long? end = null; ;)
                {
                    var page = await Ask(watches, home, after: null, policy.Now, through: null, []);
                    if (page.Next.Position >= (end ??= page.End)) return;
                    await Task.Delay(Length, time);
                }
            }
            catch (Exception failure) when (GridErrors.IsUnavailable(failure) && IsOut(home))
            {
                // Just now.
            }
        }
    });

    /// <summary>What changed for a caller between a place and a tick, or up to where the caller's other watches are.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="watches">The caller's watches.</param>
    /// <param name="place">The place.</param>
    /// <param name="ofJoined">Whether what assets join is asked for.</param>
    public Task<WatchMove> Move(WatchTick tick, WatchClass watches, WatchPlace place, bool ofJoined)
    {
        var (only, chain) = watches.Asked(ofJoined);
        return chain.Move(
            place,
            () => Move(place, tick.At, furthest: null),
            furthest => tick.Once((watches, place, furthest, only, ofJoined), () => Move(place, Instant(furthest), furthest)));

        // As of when those are that are furthest, to be where they are.
        long Instant(WatchPlace furthest) => tick.At - furthest.At > KnownFor ? tick.At : Math.Max(place.At, furthest.At);

        async Task<WatchMove> Move(WatchPlace from, long at, WatchPlace? furthest)
        {
            var hub = Step(watches, Home.Hub, from.AtHub, furthest?.HubPosition, at, only);
            var own = Step(watches, watches.Home, from.AtOwn, furthest?.OwnPosition, at, only);
            await Task.WhenAll(hub, own);
            var move = WatchMove.Of(from, await hub, await own);
            // As of when the two have told, or of now: an instant may be asked for while it is near.
            var then = policy.Now - move.Next.At > KnownFor ? policy.Now : move.Next.At;
            return ofJoined
                ? await move.WithJoined(from, (await hub).Elsewhere, (one, after) => Joined(watches, one, after, then, only)) : move;
        }
    }

    // As of an instant, and from the second page on as of now: who is far behind reads for long.
    private Task<WatchStep> Step(
        WatchClass watches, Home home, ChangePlace after, long? end, long at, ImmutableArray<Observable> only) => WatchStep.Read(
            (place, through) => Ask(watches, home, place, place == after ? at : policy.Now, through, only), after, end);

    // Nothing where it is not there to be asked: of who left nobody sees assets any more, and lists are without whoever is out. Who gains
    // something there sees of other values, too, that the home is out, and waits for it.
    private async Task<WatchStep?> Joined(
        WatchClass watches, ChangedElsewhere of, ChangePlace after, long at, ImmutableArray<Observable> only)
    {
        var home = new Home(of.Jurisdiction);
        if (!JoinHomes.Of(policy.Current).Contains(home)) return null;
        try
        {
            return await Step(watches, home, after, of.To, at, only);
        }
        catch (Exception failure) when (!of.Gains && GridErrors.IsUnavailable(failure) && IsOut(home))
        {
            return null;
        }
    }

    private bool IsOut(Home home) => status.Unreachable.Contains(home.Code);

    /// <summary>A cursor of a watch at a place, under warninglists with a mark.</summary>
    public async Task<string> Cursor(WatchClass watches, WatchScope scope, WatchPlace place, uint warninglists) =>
        System.Buffers.Text.Base64Url.EncodeToString((await Seal(watches, [scope], place, warninglists))[scope].Span);

    /// <summary>A cursor behind a move. Those of all watches of a caller for which something of it may be told are sealed at once.</summary>
    public async Task<string> Cursor(WatchTick tick, WatchClass watches, WatchScope scope, WatchMove move, uint warninglists)
    {
        var sealedOnes = await tick.Once(
            (watches, move, warninglists), () => Seal(watches, [.. watches.Scopes.Where(move.Concerns)], move.Next, warninglists));
        return sealedOnes.TryGetValue(scope, out var cursor)
            ? System.Buffers.Text.Base64Url.EncodeToString(cursor.Span) : await Cursor(watches, scope, move.Next, warninglists);
    }

    /// <summary>Waits until the tick is over, and one of two ledgers has records behind a place or a second has passed.</summary>
    public Task Wait(WatchTick tick, WatchClass watches, WatchPlace place) => tick.Once((watches.Home, place), async () =>
    {
        var question = watches.AskAt(tick.At);
        // What a failure was, the next question tells.
        await Task.WhenAny(
            WaitFor(tick, question, Home.Hub, place.HubPosition), WaitFor(tick, question, watches.Home, place.OwnPosition));
        await Task.Delay(Length - TimeSpan.FromMilliseconds(policy.Now % LengthMilliseconds), time);
        return true;
    });

    private async Task<Dictionary<WatchScope, ReadOnlyMemory<byte>>> Seal(
        WatchClass watches, ImmutableArray<WatchScope> scopes, WatchPlace place, uint warninglists)
    {
        var cursors = new Dictionary<WatchScope, ReadOnlyMemory<byte>>(ReferenceEqualityComparer.Instance);
        foreach (var some in scopes.Chunk(IInquiry.CursorsPerCallMax))
        {
            var answer = await grid.Inquiry(Home.Hub).SealCursors(
                watches.AskAt(policy.Now), [.. some.Select(scope => (ReadOnlyMemory<byte>)place.ToBytes(scope.PurposeUnder(warninglists)))]);
            foreach (var (scope, cursor) in some.Zip(answer)) cursors[scope] = cursor;
        }
        return cursors;
    }

    private Task<bool> WaitFor(WatchTick tick, Question question, Home home, long position) => tick.Once((home, position), async () =>
    {
        await grid.Inquiry(home).WaitForRecords(question, position);
        return true;
    });

    private Task<ChangePage> Ask(
        WatchClass watches, Home home, ChangePlace? after, long at, long? through, ImmutableArray<Observable> only) =>
        grid.Inquiry(home).Changes(watches.AskAt(at), after, through, only).AsTask();

    private WatchTick Begin(long at)
    {
        lock (_turn)
        {
            if (_present.At >= at) return _present;
            _known.Enqueue(_present = new(at));
            if (_known.Count > KnownTicksMax) _known.Dequeue().Forget();
            return _present;
        }
    }
}

/// <summary>One tick: what several watches ask in it is asked once.</summary>
/// <param name="at">Its instant; Unix milliseconds UTC.</param>
internal sealed class WatchTick(long at)
{
    private readonly ConcurrentDictionary<object, object> _asked = new();
    private volatile bool _isForgotten;

    /// <summary>Its instant; Unix milliseconds UTC.</summary>
    public long At => at;

    /// <summary>The answer to a question, which is asked by the first who comes with its key.</summary>
    public Task<TAnswer> Once<TAnswer>(object key, Func<Task<TAnswer>> ask) =>
        _isForgotten ? ask() : ((Lazy<Task<TAnswer>>)_asked.GetOrAdd(key, _ => new Lazy<Task<TAnswer>>(ask))).Value;

    /// <summary>Lets go of the answers: who still holds the tick asks for itself.</summary>
    public void Forget()
    {
        _isForgotten = true;
        _asked.Clear();
    }
}
