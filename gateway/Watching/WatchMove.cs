using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>What changed for a caller between a place and a tick, in both homes.</summary>
/// <param name="Changed">The changes by observable; none where it was too much.</param>
/// <param name="Next">The place up to which that is all.</param>
/// <param name="IsTooMuch">Whether more changed than is told one by one.</param>
internal sealed record WatchMove(IReadOnlyDictionary<Observable, Changed> Changed, WatchPlace Next, bool IsTooMuch)
{
    /// <summary>What two steps from a place are together.</summary>
    public static WatchMove Of(WatchPlace place, WatchStep hub, WatchStep own)
    {
        // One of the homes cannot tell yet: until it can, the other would tell the same again and again.
        if (hub.Next == place.AtHub || own.Next == place.AtOwn) return new(WatchStep.Nothing, place, IsTooMuch: false);
        var next = WatchPlace.Of(hub.Next, own.Next);
        if (hub.IsTooMuch || own.IsTooMuch) return new(WatchStep.Nothing, next, IsTooMuch: true);
        return new(Together(hub.Changed, own.Changed), next, IsTooMuch: false);
    }

    /// <summary>What moves, each from where the one before ended, are together; at least one.</summary>
    public static WatchMove Together(IEnumerable<WatchMove> moves) => moves.Aggregate((one, two) =>
        one.IsTooMuch || two.IsTooMuch
            ? new(WatchStep.Nothing, two.Next, IsTooMuch: true) : new(Together(one.Changed, two.Changed), two.Next, IsTooMuch: false));

    /// <summary>This and other changes that may be told with it.</summary>
    public WatchMove With(IReadOnlyDictionary<Observable, Changed> others)
    {
        if (others.Count == 0 || IsTooMuch) return this;
        var all = Together(Changed, others);
        return all.Count > WatchStep.ChangedMax ? new(WatchStep.Nothing, Next, IsTooMuch: true) : this with { Changed = all };
    }

    /// <summary>This, from a place, and what changed of what assets join at other homes.</summary>
    /// <param name="place">The place.</param>
    /// <param name="elsewhere">What came of their ledgers, as the hub says.</param>
    /// <param name="step">Asks one, behind a place; null where it cannot be asked, and all is to be listed again.</param>
    public async Task<WatchMove> WithJoined(
        WatchPlace place, IEnumerable<ChangedElsewhere> elsewhere, Func<ChangedElsewhere, ChangePlace, Task<WatchStep?>> step)
    {
        ChangedElsewhere[] concerned = [.. elsewhere.Where(one => one.Gains || one.Loses)];
        if (Next == place || IsTooMuch || concerned.Length == 0) return this;
        var steps = await Task.WhenAll(concerned.Select(async one =>
        {
            var after = new ChangePlace(one.From, place.At, place.PolicyVersion, one.Epoch);
            var joined = await step(one, after);
            var isAll = joined is null || (joined.Next != after && joined.Next.Position >= one.To && joined.Next.At >= Next.At
                && joined.Next.PolicyVersion >= Next.PolicyVersion);
            return (Step: joined, IsAll: isAll);
        }));
        // One of them cannot tell yet, of a policy say that its node does not know: then nothing of the move is told.
        if (!steps.All(each => each.IsAll)) return new(WatchStep.Nothing, place, IsTooMuch: false);
        return steps.Any(each => each.Step is not { IsTooMuch: false })
            ? new(WatchStep.Nothing, Next, IsTooMuch: true) : steps.Aggregate(this, (move, each) => move.With(each.Step!.Changed));
    }

    /// <summary>Whether something of it is asked for.</summary>
    public bool Concerns(WatchScope scope) => Changed.Keys.Any(one => scope.Holds(one));

    /// <summary>What of it is asked for, in order. Looks at what is asked for where that is less than what changed.</summary>
    public IEnumerable<Changed> InOrder(WatchScope scope)
    {
        if (Changed.Count == 0) return [];
        var asked = scope.Only.Count > 0 && scope.Only.Count < Changed.Count
            ? scope.Only.Where(Changed.ContainsKey).Select(one => Changed[one]) : Changed.Values;
        return asked.Where(change => scope.Holds(change.Observable)).Order();
    }

    private static IReadOnlyDictionary<Observable, Changed> Together(
        IReadOnlyDictionary<Observable, Changed> one, IReadOnlyDictionary<Observable, Changed> two)
    {
        if (two.Count == 0) return one;
        if (one.Count == 0) return two;
        var both = new Dictionary<Observable, Changed>(one);
        foreach (var change in two.Values) WatchStep.Add(both, change);
        return both;
    }
}
