using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>
/// Finds of which observables a caller's view changed in one home between a place and now: by what was accepted, by embargoes and
/// expiries that passed, and by policy. It names only what the caller sees now or saw at the place; what is told of each is what its
/// actor discloses.
/// </summary>
public sealed class ChangeReader(IGridStore stores, CompartmentCache compartments)
{
    /// <summary>Most changes of a page; beyond, the caller lists again.</summary>
    public const int ChangedMax = 10_000;

    private const int ReadAtOnce = 256;

    private readonly ConcurrentDictionary<Home, DecodedLedger> _ledgers = new();

    /// <summary>The place of now.</summary>
    public ChangePlace Here(Home home, Asker asker) => new(stores[home].Head, asker.At, asker.PolicyVersion);

    /// <summary>Comes back when a home's ledger has records behind a position, or the wait is over.</summary>
    public async ValueTask Wait(Home home, long position, CancellationToken waiting)
    {
        try
        {
            await stores[home].WaitForHead(position, waiting);
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }
    }

    /// <summary>What changed for a caller between a place and the instant of the question.</summary>
    /// <exception cref="GridUnavailableException">The store cannot be read.</exception>
    /// <exception cref="UndecidableException">It cannot be decided what the caller may see.</exception>
    public async ValueTask<ChangePage> Read(Home home, Asker asker, ChangePlace after, CancellationToken cancellation)
    {
        try
        {
            var found = new ChangedSet(ChangedMax);
            var sight = new Sight(home, asker, after);
            // Where the index is behind the place, time and policy wait.
            var isIndexed = await stores[home].LastSeen.ReadPosition(cancellation) >= after.Position;
            if (isIndexed) await AddByPolicy(sight, found, cancellation);
            if (isIndexed) await AddByTime(sight, found, cancellation);
            var position = await AddByLedger(sight, after.Position, found, cancellation);
            var next = isIndexed ? new ChangePlace(position, asker.At, asker.PolicyVersion) : after with { Position = position };
            return new(found.InOrder(), next, found.IsTooMuch, position < stores[home].Head);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    // Each record that names something which the caller may see.
    private async ValueTask<long> AddByLedger(Sight sight, long position, ChangedSet found, CancellationToken cancellation)
    {
        var ledger = _ledgers.GetOrAdd(sight.Home, home => new(stores[home], compartments));
        foreach (var record in await ledger.After(position, cancellation))
        {
            position = record.Position;
            foreach (var (compartment, observables) in record.Named)
                foreach (var observable in observables)
                    if (sight.SeesNow(compartment, observable.Type)) found.Add(observable, record.At);
        }
        return position;
    }

    // Embargoes and expiries between the two instants.
    private async ValueTask AddByTime(Sight sight, ChangedSet found, CancellationToken cancellation)
    {
        for (LastSeenTurn? last = null; ;)
        {
            var turns = await stores[sight.Home].LastSeen.ReadTurns(last, sight.Before, sight.Now, ReadAtOnce, cancellation);
            foreach (var turn in turns) AddIfDifferent(sight, compartments.Get(turn.Group.Span), turn.Member.Span, turn.Since, turn.At, found);
            if (turns.Count < ReadAtOnce) return;
            last = turns[^1];
        }
    }

    // Agreements that began or ended, and new versions: of every group whose rights they changed, its members.
    private async ValueTask AddByPolicy(Sight sight, ChangedSet found, CancellationToken cancellation)
    {
        if (!sight.PolicyMayDiffer) return;
        var index = stores[sight.Home].LastSeen;
        foreach (var group in await index.ReadGroups(cancellation))
        {
            var compartment = compartments.Get(group.Group.Span);
            if (!sight.Differs(compartment)) continue;
            var (hour, from) = (group.NewestHour, default(ReadOnlyMemory<byte>));
            while (await index.Read(group.Group, hour, from, ReadAtOnce, cancellation) is { Count: > 0 } members)
            {
                foreach (var member in members) AddIfDifferent(sight, compartment, member.Bytes.Span, member.Since, sight.Now, found);
                if (found.IsTooMuch) return;
                (hour, from) = (members[^1].Hour, (byte[])[.. members[^1].Bytes.Span, 0]);
            }
        }
    }

    private static void AddIfDifferent(
        Sight sight, Compartment group, ReadOnlySpan<byte> member, long since, long at, ChangedSet found)
    {
        var (observable, compartment) = (LastSeenCut.ObservableOf(member), LastSeenCut.CompartmentOf(group, member));
        if (sight.Differs(compartment, observable.Type, since)) found.Add(observable, at);
    }
}
