using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Gateway.Intake;
using CrossBorderSoc.Gateway.Listing;
using CrossBorderSoc.Gateway.Warninglists;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// One watch: asks the hub and the caller's own home what changed since its place, tells each change by the view as it is, then moves its
/// place. It holds one page of names and nothing else: a reader that is slow falls behind, and is told later what is true then.
/// </summary>
/// <param name="grid">The homes.</param>
/// <param name="ticks">The beat of watches.</param>
/// <param name="watches">Those of the same caller, of which it is one.</param>
/// <param name="one">Makes answers.</param>
/// <param name="warninglists">Those in force.</param>
/// <param name="policy">The grid's time, and how long an answer may be told.</param>
/// <param name="time">The clock of signs of life.</param>
/// <param name="caller">Who watches.</param>
/// <param name="scope">What.</param>
/// <param name="write">Sends a message.</param>
internal sealed class WatchStream(
    IGrid grid, WatchTicks ticks, WatchClass watches, OneAnswer one, WarninglistsInForce warninglists, IPolicyReplica policy,
    TimeProvider time, Caller caller, WatchScope scope, Func<V1.WatchResponse, Task> write)
{
    private static readonly TimeSpan SignOfLifeAfter = TimeSpan.FromSeconds(15);
    private static readonly long CursorAgeMax = (long)TimeSpan.FromDays(7).TotalMilliseconds;

    private readonly IndicatorQuestion _indicators = new(grid, one);
    private readonly WatchedIncidents _incidents = new(
        grid, new(grid, one, warninglists), new(grid, one), policy, ticks, watches, caller);
    private string _cursor = "";
    private long _written;
    // By which lists was told what the cursor stands behind.
    private uint _warninglists = warninglists.Current.Mark;
    private readonly ToldHubs _hubs = new();
    private readonly bool _ofJoined = scope.MayHold(AssetJoins.Types);

    /// <summary>Tells changes until it is cancelled.</summary>
    /// <param name="cursor">Where to begin; empty for now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="GridUnavailableException">A home cannot answer: the client watches again.</exception>
    public async Task Run(string cursor, CancellationToken cancellation)
    {
        var (place, told) = cursor.Length == 0 ? (await Here(cancellation), _warninglists) : await Open(cursor);
        if (place.At < policy.Now - CursorAgeMax || told != _warninglists)
        {
            place = await Here(cancellation);
            await MoveTo(place);
            await Write(new() { ListAgain = new() }, place.At);
        }
        else if (cursor.Length == 0) await MoveTo(place);
        else _cursor = cursor;
        await Write(new(), at: null);
        while (true)
        {
            await SignLife();
            place = await Follow(place, cancellation);
        }
    }

    private async Task<WatchPlace> Follow(WatchPlace place, CancellationToken cancellation)
    {
        var tick = ticks.Present;
        if (warninglists.Current.Mark is var mark && mark != _warninglists)
        {
            // They may concern anything.
            _warninglists = mark;
            place = await TellToList(place, cancellation);
        }
        else if (tick.At > place.At)
        {
            var move = scope.Incidents
                ? await SigningLife(_incidents.Move(tick, place, _ofJoined), cancellation) : await ticks.Move(tick, watches, place, _ofJoined);
            // What it took long to find is asked for together with those who waited for the same.
            place = move.IsTooMuch ? await TellToList(move.Next, cancellation) : await Tell(ticks.Present, place, move, cancellation);
        }
        // Who was slow to tell goes on at once.
        if (tick == ticks.Present) await ticks.Wait(tick, watches, place).WaitAsync(cancellation);
        return place;
    }

    // The place up to which a client finds all in lists.
    private async Task<WatchPlace> Here(CancellationToken cancellation)
    {
        var place = await ticks.Here(ticks.Present, watches);
        if (_ofJoined) await SigningLife(ticks.JoinedListed(ticks.Present, watches), cancellation);
        return place;
    }

    // Not before it is listed: the lists may not be as far as the ledgers.
    private async Task<WatchPlace> TellToList(WatchPlace next, CancellationToken cancellation)
    {
        _hubs.Forget();
        for (var tick = ticks.Present; ; tick = ticks.Present)
        {
            var listed = await ticks.Here(watches, tick.At);
            if (next.IsWithin(listed)) break;
            await SignLife();
            await ticks.Wait(tick, watches, listed).WaitAsync(cancellation);
        }
        if (_ofJoined) await SigningLife(ticks.JoinedListed(ticks.Present, watches), cancellation);
        await MoveTo(next);
        await Write(new() { ListAgain = new() }, next.At);
        return next;
    }

    // The last message of those that belong together moves the cursor.
    private async Task<WatchPlace> Tell(WatchTick tick, WatchPlace place, WatchMove move, CancellationToken cancellation)
    {
        (V1.WatchResponse Message, long At)? last = null;
        var told = new HashSet<string>(StringComparer.Ordinal);
        Task<string>? cursor = null;
        foreach (var change in move.InOrder(scope))
        {
            // It is sealed while the views are asked for.
            cursor ??= ticks.Cursor(tick, watches, scope, move, _warninglists);
            cancellation.ThrowIfCancellationRequested();
            if (!change.InIncidentsOnly && await AboutIndicator(tick, change, move.Next) is { } indicator)
            {
                if (indicator.ChangeCase == V1.WatchResponse.ChangeOneofCase.ListAgain) return await TellToList(move.Next, cancellation);
                await Next(indicator, change.At);
            }
            if (!scope.Incidents) continue;
            var (incidents, isHub) = await _incidents.Around(tick, change, place, move.Next, _hubs.Hold(change.Observable));
            _hubs.Note(change.Observable, isHub);
            foreach (var incident in incidents)
                if (incident.IsOf(scope.Filter.Scope) && told.Add(incident.Id)) await Next(incident.ToMessage(), change.At);
        }
        if (last is null) return move.Next;
        _cursor = await cursor!;
        await Write(last.Value.Message, last.Value.At);
        return move.Next;

        async Task Next(V1.WatchResponse message, long at)
        {
            if (last is { } before) await Write(before.Message, before.At);
            last = (message, at);
        }
    }

    private async Task<V1.WatchResponse?> AboutIndicator(WatchTick tick, Changed change, WatchPlace next)
    {
        var seen = await tick.Once((watches, change.Observable, next), () => LookAt(change.Observable));
        // Of what assets join every home is asked: it is told of one that never comes, and does not wait for it (decision 0014).
        WatchedIncidents.MustHold(seen.Answer, next, mayLack: AssetJoins.Types.Contains(change.Observable.Type));
        if (!seen.Answer.Missing.IsEmpty)
        {
            // Whether it is gone, or passes the filters, nobody can say.
            return seen.Message is null
                ? new() { ListAgain = new() } : new() { Indicator = seen.Message, UnavailableJurisdictions = { seen.Answer.Missing } };
        }
        if (seen.Answer.View.IsEmpty) return new() { Gone = Mapping.ToMessage(change.Observable) };
        return scope.Filter.Scope.IsAhead(seen.Entry.Place) && scope.Filter.Passes(seen.Entry) ? new() { Indicator = seen.Message } : null;
    }

    // Once for all watches of the caller that come to one place.
    private async Task<Seen> LookAt(Observable observable)
    {
        var answer = await _indicators.AskSummary(caller, observable);
        var entry = new IndicatorEntry(observable, answer.View, warninglists.Current.NamesOf(observable), answer.Question.At);
        return new(answer, entry, answer.View.IsEmpty ? null : ListMapping.ToMessage(entry));
    }

    private async Task<(WatchPlace Place, uint Warninglists)> Open(string cursor)
    {
        var opened = await grid.Inquiry(Home.Hub).OpenCursor(AskNow(), WatchRequests.Cursor(cursor));
        return opened is { } bytes && WatchPlace.Read(bytes.Span, scope.Purpose) is { } place
            ? (place, WatchPlace.WarninglistsOf(bytes.Span)) : throw WatchRequests.NoCursor();
    }

    private async Task MoveTo(WatchPlace place) => _cursor = await ticks.Cursor(watches, scope, place, _warninglists);

    // What left the window in a full hour may take long to find.
    private async Task<WatchMove> SigningLife(Task<WatchMove> move, CancellationToken cancellation)
    {
        await SigningLife((Task)move, cancellation);
        return await move;
    }

    private async Task SigningLife(Task work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await work.WaitAsync(SignOfLifeAfter, time, cancellation);
                return;
            }
            catch (TimeoutException) when (!work.IsFaulted)
            {
                await SignLife();
            }
        }
    }

    private async Task SignLife()
    {
        if (time.GetElapsedTime(_written) >= SignOfLifeAfter) await Write(new(), at: null);
    }

    private async Task Write(V1.WatchResponse message, long? at)
    {
        (message.Cursor, message.At) = (_cursor, Times.ToTimestamp(at));
        if (policy.Current is null) throw Refused.Unavailable();
        await write(message);
        _written = time.GetTimestamp();
    }

    private Question AskNow() => caller.AskAt(policy.Now);

    // What all watches of a caller see of an observable; the message is shared, and written by nobody.
    private sealed record Seen(Answer<IndicatorView> Answer, IndicatorEntry Entry, V1.IndicatorSummary? Message);
}
