using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Identity;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>The watches of one caller at this gateway: they share what they ask.</summary>
/// <param name="token">The caller's token.</param>
/// <param name="outlet">Through what they are told.</param>
/// <param name="home">The caller's own home.</param>
internal sealed class WatchClass(CallerToken token, Outlet outlet, Home home)
{
    private readonly Lock _turn = new();
    private readonly List<WatchScope> _scopes = [];
    private (ImmutableArray<Observable> Only, WatchChain WithJoined, WatchChain Without)? _asked;

    /// <summary>The caller's own home.</summary>
    public Home Home => home;

    /// <summary>The newest moves over a full hour.</summary>
    public AgedMoves Aged { get; } = new();

    /// <summary>Their question as of an instant (Unix milliseconds UTC).</summary>
    public Question AskAt(long instant) => new(token, instant, outlet);

    /// <summary>
    /// The observables that one of the watches is about (none where one is about all, or they are too many to name), and the moves that were
    /// asked for these: with what assets join, or without.
    /// </summary>
    public (ImmutableArray<Observable> Only, WatchChain Chain) Asked(bool ofJoined)
    {
        lock (_turn)
        {
            var (only, with, without) = _asked ??= (Named(), new(), new());
            return (only, ofJoined ? with : without);
        }
    }

    /// <summary>What each of the watches is about.</summary>
    public ImmutableArray<WatchScope> Scopes
    {
        get
        {
            lock (_turn) return [.. _scopes];
        }
    }

    /// <summary>Adds a watch.</summary>
    public void Add(WatchScope scope)
    {
        lock (_turn)
        {
            _scopes.Add(scope);
            _asked = null;
        }
    }

    /// <summary>Takes a watch away; whether it was the last.</summary>
    public bool Remove(WatchScope scope)
    {
        lock (_turn)
        {
            _scopes.Remove(scope);
            _asked = null;
            return _scopes.Count == 0;
        }
    }

    private ImmutableArray<Observable> Named()
    {
        var only = new HashSet<Observable>();
        foreach (var scope in _scopes)
        {
            only.UnionWith(scope.Only);
            if (scope.Only.Count == 0 || only.Count > IInquiry.ChangesOfMax) return [];
        }
        return [.. only];
    }
}

/// <summary>All callers who watch at this gateway.</summary>
internal sealed class WatchClasses
{
    private readonly Dictionary<(CallerToken, Outlet, Home), WatchClass> _classes = [];

    /// <summary>Adds a watch to those of its caller; <see cref="Leave"/> when it ends.</summary>
    public WatchClass Join(Caller caller, WatchScope scope)
    {
        lock (_classes)
        {
            var key = (caller.Token, caller.Outlet, caller.Home);
            if (!_classes.TryGetValue(key, out var watches))
                _classes[key] = watches = new(caller.Token, caller.Outlet, caller.Home);
            watches.Add(scope);
            return watches;
        }
    }

    /// <summary>Takes a watch away.</summary>
    public void Leave(Caller caller, WatchClass watches, WatchScope scope)
    {
        lock (_classes)
            if (watches.Remove(scope)) _classes.Remove((caller.Token, caller.Outlet, caller.Home));
    }
}
