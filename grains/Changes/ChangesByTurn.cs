using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>What changes without a record: embargoes and expiries that pass, agreements and new versions of the policy. By the index.</summary>
/// <param name="store">The home.</param>
/// <param name="compartments">Decodes compartments.</param>
/// <param name="sight">What the caller sees, and saw.</param>
/// <param name="selection">What of it is a change.</param>
/// <param name="found">To where.</param>
/// <param name="wanted">Of which observables; null for all.</param>
internal sealed class ChangesByTurn(
    IHomeStore store, CompartmentCache compartments, Sight sight, ChangeSelection selection, ChangedSet found, HashSet<Observable>? wanted)
{
    private const int ReadAtOnce = 256;

    private readonly Dictionary<long, long> _accepted = [];
    private long? _positionBefore;

    /// <summary>Embargoes and expiries between the two instants.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask AddByTime(CancellationToken cancellation)
    {
        if (!sight.TimeMayDiffer) return;
        for (LastSeenTurn? last = null; ;)
        {
            var turns = await store.LastSeen.ReadTurns(last, sight.Before, sight.Now, ReadAtOnce, cancellation);
            foreach (var turn in turns) selection.Add(compartments.Get(turn.Group.Span), turn.Member.Span, turn.Since, turn.At, wanted);
            await AddLost(cancellation);
            if (turns.Count < ReadAtOnce || found.IsTooMuch) return;
            last = turns[^1];
        }
    }

    /// <summary>Agreements that began or ended, and new versions: of every group whose rights they changed, its members.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async ValueTask AddByPolicy(CancellationToken cancellation)
    {
        if (!sight.PolicyMayDiffer) return;
        foreach (var group in await store.LastSeen.ReadGroups(cancellation))
        {
            if (NamedIncidents.Is(group)) continue;
            var compartment = compartments.Get(group.Group.Span);
            if (!selection.MayAdd(compartment)) continue;
            var (hour, from) = (group.NewestHour, default(ReadOnlyMemory<byte>));
            while (await store.LastSeen.Read(group.Group, hour, from, ReadAtOnce, cancellation) is { Count: > 0 } members)
            {
                foreach (var member in members) selection.Add(compartment, member.Bytes.Span, member.Since, sight.Now, wanted);
                await AddLost(cancellation);
                if (found.IsTooMuch) return;
                (hour, from) = (members[^1].Hour, members[^1].Behind);
            }
        }
    }

    // What had come to the hub may have been accepted behind the place's instant, and have been seen by nobody since.
    private async ValueTask AddLost(CancellationToken cancellation)
    {
        foreach (var lost in selection.Lost)
        {
            if (!sight.WasThere(lost.Since) || !sight.SawWhole(lost.Compartment, await SeenSince(lost.Since, cancellation))) continue;
            found.Add(lost.Observable, lost.At, lost.Compartment.Kind, Sight.LostOfJoined(lost.Compartment));
        }
        selection.Lost.Clear();
    }

    private async ValueTask<long> SeenSince(long position, CancellationToken cancellation)
    {
        // Of the caller's own home the place says all.
        if (sight.TellsNamed) return sight.Before;
        _positionBefore ??= await LedgerTimes.PositionAt(store, sight.Before, cancellation);
        if (position <= _positionBefore) return sight.Before;
        if (_accepted.TryGetValue(position, out var known)) return known;
        return _accepted[position] = await LedgerTimes.AcceptedAt(store, position, cancellation) ?? sight.Before;
    }
}
