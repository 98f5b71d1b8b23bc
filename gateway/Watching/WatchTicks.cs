using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>
/// The beat of all watches of a gateway: what several of them ask in one tick of 50 ms is asked once. Those of one caller that stand at
/// one place go on together. Bounded by what is asked within a tick.
/// </summary>
internal sealed class WatchTicks(IGrid grid, IPolicyReplica policy, TimeProvider time)
{
    /// <summary>The length of a tick.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMilliseconds(50);

    private static readonly long LengthMilliseconds = (long)Length.TotalMilliseconds;
    private volatile Tick _tick = new(long.MinValue);

    /// <summary>The instant of the present tick; Unix milliseconds UTC.</summary>
    public long Now
    {
        get
        {
            var now = policy.Now;
            return now - now % LengthMilliseconds;
        }
    }

    /// <summary>The place of now in a home.</summary>
    public async Task<ChangePlace> Here(Caller caller, Home home, long at) =>
        (await grid.Inquiry(home).Changes(caller.AskAt(at), after: null, through: null)).Next;

    /// <summary>What changed for a caller in a home up to a tick: all pages.</summary>
    public Task<WatchStep> Changes(Caller caller, Home home, ChangePlace after, long at) => Once(
        at, (caller.Token, caller.Outlet, home, after), () => WatchStep.Read((place, through) =>
            grid.Inquiry(home).Changes(caller.AskAt(policy.Now), place, through).AsTask(), after));

    /// <summary>What a caller sees of an observable, asked once by all who come to one place.</summary>
    public Task<Answer<IndicatorView>> View(
        Caller caller, Observable observable, WatchPlace place, Func<Task<Answer<IndicatorView>>> ask) =>
        Once(Now, (caller.Token, caller.Outlet, observable, place), ask);

    /// <summary>Waits for the next tick, and until one of two ledgers has records behind a position or a second has passed.</summary>
    public async Task Wait(Caller caller, WatchPlace place, CancellationToken cancellation)
    {
        var at = Now;
        var waits = new[] { (Home: Home.Hub, Position: place.HubPosition), (Home: caller.Home, Position: place.OwnPosition) }.Select(
            each => Once(at, each, async () =>
            {
                await grid.Inquiry(each.Home).WaitForRecords(caller.AskAt(at), each.Position);
                return true;
            }));
        // What a failure was, the next question tells.
        await Task.WhenAny(waits).WaitAsync(cancellation);
        await Task.Delay(Length - TimeSpan.FromMilliseconds(policy.Now % LengthMilliseconds), time, cancellation);
    }

    private Task<T> Once<TKey, T>(long at, TKey key, Func<Task<T>> ask) where TKey : notnull
    {
        var tick = _tick;
        if (tick.At < at) Interlocked.CompareExchange(ref _tick, new(at), tick);
        tick = _tick;
        // Somebody is late: it asks for itself.
        if (tick.At != at) return ask();
        return ((Lazy<Task<T>>)tick.Asked.GetOrAdd(key, _ => new Lazy<Task<T>>(ask))).Value;
    }

    private sealed class Tick(long at)
    {
        public long At => at;

        public ConcurrentDictionary<object, object> Asked { get; } = new();
    }
}
