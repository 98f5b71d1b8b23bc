using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
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
/// <param name="ticks">Asks once for watches that stand at one place.</param>
/// <param name="one">Makes answers.</param>
/// <param name="warninglists">Those in force.</param>
/// <param name="policy">The grid's time, and how long an answer may be told.</param>
/// <param name="time">The clock of signs of life.</param>
/// <param name="caller">Who watches.</param>
/// <param name="scope">What.</param>
/// <param name="write">Sends a message.</param>
internal sealed class WatchStream(
    IGrid grid, WatchTicks ticks, OneAnswer one, WarninglistsInForce warninglists, IPolicyReplica policy, TimeProvider time, Caller caller,
    WatchScope scope, Func<V1.WatchResponse, Task> write)
{
    private static readonly TimeSpan SignOfLifeAfter = TimeSpan.FromSeconds(15);
    private static readonly long CursorAgeMax = (long)TimeSpan.FromDays(7).TotalMilliseconds;

    private readonly IndicatorQuestion _indicators = new(grid, one);
    private readonly IncidentQuestion _incidents = new(grid, one, warninglists);
    private string _cursor = "";
    private long _written;
    private bool _isTold;

    /// <summary>Tells changes until it is cancelled.</summary>
    /// <param name="cursor">Where to begin; empty for now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="GridUnavailableException">A home cannot answer: the client watches again.</exception>
    public async Task Run(string cursor, CancellationToken cancellation)
    {
        var place = cursor.Length == 0 ? await Here() : await Open(cursor);
        if (place.At < policy.Now - CursorAgeMax)
        {
            place = await Here();
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
        var at = ticks.Now;
        if (at > place.At)
        {
            var hub = ticks.Changes(caller, Home.Hub, place.AtHub, at);
            var own = ticks.Changes(caller, caller.Home, place.AtOwn, at);
            await Task.WhenAll(hub, own);
            var next = Joined((await hub).Next, (await own).Next);
            await Tell(await hub, await own, next, cancellation);
            place = next;
        }
        await ticks.Wait(caller, place, cancellation);
        return place;
    }

    private async Task Tell(WatchStep hub, WatchStep own, WatchPlace next, CancellationToken cancellation)
    {
        _isTold = false;
        if (hub.IsTooMuch || own.IsTooMuch)
        {
            await MoveTo(next);
            await Write(new() { ListAgain = new() }, next.At);
            return;
        }
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in WatchStep.InOrder(scope, hub, own))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!change.InIncidentsOnly) await TellIndicator(change, next);
            if (scope.Incidents) await TellIncident(change, next, told);
        }
        if (!_isTold) return;
        await MoveTo(next);
        await Write(new(), at: null);
    }

    private async Task TellIndicator(Changed change, WatchPlace next)
    {
        var answer = await ticks.View(caller, change.Observable, next, () => _indicators.Ask(caller, change.Observable));
        MustHoldTheChange(answer, next);
        var entry = new IndicatorEntry(
            change.Observable, answer.View, warninglists.Current.NamesOf(change.Observable), answer.Question.At);
        if (answer.View.IsEmpty) await Write(new() { Gone = Mapping.ToMessage(change.Observable) }, change.At);
        else if (scope.Filter.Scope.IsAhead(entry.Place) && scope.Filter.Passes(entry))
            await Write(new() { Indicator = ListMapping.ToMessage(entry) }, change.At);
    }

    // What a jurisdiction that is out would show, or a node under an older policy, is no view of the change: it is told when it can be.
    private static void MustHoldTheChange<T>(Answer<T> answer, WatchPlace next)
    {
        if (!answer.Missing.IsEmpty || answer.PolicyVersion < next.PolicyVersion) throw Refused.Unavailable();
    }

    private async Task TellIncident(Changed change, WatchPlace next, HashSet<string> told)
    {
        var answer = await _incidents.AskAround(caller, change.Observable);
        MustHoldTheChange(answer, next);
        foreach (var incident in answer.View)
        {
            if (!scope.Filter.Scope.IsOf(incident.Core.SelectMany(node => node.MemberStates))) continue;
            var id = await grid.Inquiry(Home.Hub).NameIncident(answer.Question, incident.Name);
            if (told.Add(id)) await Write(new() { Incident = ListMapping.ToMessage(id, incident) }, change.At);
        }
    }

    // Where one home is not as far as the other, what lies between is told again.
    private static WatchPlace Joined(ChangePlace hub, ChangePlace own) => new(
        hub.Position, own.Position, Math.Min(hub.At, own.At), Math.Min(hub.PolicyVersion, own.PolicyVersion));

    private async Task<WatchPlace> Here()
    {
        var at = ticks.Now;
        return Joined(await ticks.Here(caller, Home.Hub, at), await ticks.Here(caller, caller.Home, at));
    }

    private async Task<WatchPlace> Open(string cursor)
    {
        var opened = await grid.Inquiry(Home.Hub).OpenCursor(AskNow(), WatchRequests.Cursor(cursor));
        return opened is { } bytes && WatchPlace.Read(bytes.Span, scope.Purpose) is { } place ? place : throw WatchRequests.NoCursor();
    }

    private async Task MoveTo(WatchPlace place) => _cursor = System.Buffers.Text.Base64Url.EncodeToString(
        (await grid.Inquiry(Home.Hub).SealCursor(AskNow(), place.ToBytes(scope.Purpose))).Span);

    private async Task SignLife()
    {
        if (time.GetElapsedTime(_written) >= SignOfLifeAfter) await Write(new(), at: null);
    }

    private async Task Write(V1.WatchResponse message, long? at)
    {
        (message.Cursor, message.At) = (_cursor, Times.ToTimestamp(at));
        if (policy.Current is null) throw Refused.Unavailable();
        await write(message);
        (_written, _isTold) = (time.GetTimestamp(), true);
    }

    private Question AskNow() => caller.AskAt(policy.Now);
}
