using System.Collections.Immutable;
using System.Threading.Tasks.Dataflow;
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
public sealed class ChangeReader(IGridStore stores, CompartmentCache compartments) : IDisposable
{
    /// <summary>Most changes of a page; beyond, the caller lists again.</summary>
    public const int ChangedMax = 10_000;

    private const int RecordsMax = 256;
    private readonly Dictionary<Home, Reading> _readings =
        stores.Homes.ToDictionary(home => home, home => new Reading(stores[home], compartments));

    // However many watch, they take one core of this node; and who comes to the end with others finds decoded what the first has read.
    // What waits is read in one go: under load, each time that a thread has to be waited for is longer than a read.
    private readonly ActionBlock<Func<Task>> _turn = new(read => read());

    /// <summary>Most records of a page of this reader.</summary>
    internal int RecordsPerPage { get; init; } = RecordsMax;

    /// <summary>The place of now: what lies before it is listed. And the ledger's end, which may be further.</summary>
    /// <exception cref="GridUnavailableException">The store cannot be read.</exception>
    public async ValueTask<(ChangePlace Place, long End)> Here(Home home, Asker asker, CancellationToken cancellation)
    {
        try
        {
            var epoch = stores[home].Identity.Epoch;
            return (new(await Indexed(home, cancellation), asker.At, asker.PolicyVersion, epoch), stores[home].Head);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Complete();

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
    /// <param name="home">The home.</param>
    /// <param name="asker">Who asks, as of when.</param>
    /// <param name="after">The place.</param>
    /// <param name="through">The position up to which to read; null for that of now, which the first page tells.</param>
    /// <param name="only">Of which observables; none for all.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <returns>A page; one whose <see cref="ChangePage.Next"/> is the place itself where what time or policy changed cannot be told
    /// yet.</returns>
    /// <exception cref="GridUnavailableException">The store cannot be read.</exception>
    /// <exception cref="UndecidableException">It cannot be decided what the caller may see.</exception>
    public async ValueTask<ChangePage> Read(
        Home home, Asker asker, ChangePlace after, long? through, ImmutableArray<Observable> only, CancellationToken cancellation)
    {
        var reading = _readings[home];
        if ((through ?? stores[home].Head) - after.Position <= RecordsPerPage)
            return await InTurn(() => ReadNow(reading.Near, home, asker, after, through, only, cancellation));
        // Who is near waits for one of those who are far behind at most, and these read the same records side by side.
        await reading.TurnBehind.Take(after.Position);
        try
        {
            return await InTurn(() => ReadNow(reading.Behind, home, asker, after, through, only, cancellation));
        }
        finally
        {
            reading.TurnBehind.End();
        }
    }

    private Task<ChangePage> InTurn(Func<ValueTask<ChangePage>> read)
    {
        var page = new TaskCompletionSource<ChangePage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = _turn.Post(async () =>
        {
            try
            {
                page.SetResult(await read());
            }
            catch (Exception e)
            {
                page.SetException(e);
            }
        });
        return isTaken ? page.Task : throw new ObjectDisposedException(nameof(ChangeReader));
    }

    private async ValueTask<ChangePage> ReadNow(
        DecodedLedger ledger, Home home, Asker asker, ChangePlace after, long? through, ImmutableArray<Observable> only,
        CancellationToken cancellation)
    {
        try
        {
            var epoch = stores[home].Identity.Epoch;
            // Of another home, whose epoch this node does not know yet.
            if (after.Epoch > epoch && home != asker.Home && !home.IsHub) return CannotTell(after.Position);
            // Something that was told is gone, and positions may have been given again.
            if (after.Epoch != epoch) return ListAgain(stores[home].Head);
            var end = through ?? stores[home].Head;
            // What is gone with its retention is told by lists alone.
            if (after.Position < stores[home].RetiredTo) return ListAgain(end);
            var (sight, found) = (new Sight(home, asker, after), new ChangedSet(ChangedMax));
            var selection = new ChangeSelection(sight, only.IsDefaultOrEmpty || only.Any(one => AssetJoins.Types.Contains(one.Type)), found);
            if (sight.TimeMayDiffer || sight.PolicyMayDiffer)
            {
                // By them the index tells: of all that was told as far as it goes.
                if (await Indexed(home, cancellation) < after.Position) return CannotTell(end);
                var turns = new ChangesByTurn(stores[home], compartments, sight, selection, found, only.IsDefaultOrEmpty ? null : only.ToHashSet());
                await turns.AddByPolicy(cancellation);
                await turns.AddByTime(cancellation);
            }
            var (position, isAll) = await AddByLedger(ledger, sight, after.Position, end, only, selection, cancellation);
            await AddWatermarks(home, found, cancellation);
            // It began meanwhile: what was read may be of both.
            if (stores[home].Identity.Epoch != epoch) return CannotTell(end);
            return new(found.InOrder(), new(position, asker.At, asker.PolicyVersion, epoch), end, found.IsTooMuch, !isAll)
            {
                Elsewhere = found.Elsewhere,
            };
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }

        ChangePage CannotTell(long end) => new([], after, end, IsTooMuch: false, IsBehind: false);

        ChangePage ListAgain(long end) =>
            new([], new(end, asker.At, asker.PolicyVersion, stores[home].Identity.Epoch), end, IsTooMuch: true, IsBehind: false);
    }

    // Of homes of which nothing came, how far the hub has them.
    private async ValueTask AddWatermarks(Home home, ChangedSet found, CancellationToken cancellation)
    {
        foreach (var (code, (gains, loses)) in found.ByRights)
        {
            var (ledger, position) = await stores[home].ReadWatermark(new(code), cancellation);
            found.Add(found.Elsewhere.FirstOrDefault(one => one.Jurisdiction == code) is { Jurisdiction: not null } known
                ? known with { Gains = gains, Loses = loses } : new(code, Math.Abs(ledger.Epoch), position, position, gains, loses));
        }
    }

    private async ValueTask<long> Indexed(Home home, CancellationToken cancellation)
    {
        var head = stores[home].Head;
        return Math.Min(head, await stores[home].LastSeen.ReadPosition(cancellation));
    }

    // Each record that names something which the caller may see. Whether that was all up to the end.
    private async ValueTask<(long Position, bool IsAll)> AddByLedger(
        DecodedLedger ledger, Sight sight, long position, long end, ImmutableArray<Observable> only, ChangeSelection selection,
        CancellationToken cancellation)
    {
        var records = await ledger.After(position, end, RecordsPerPage, cancellation);
        var wanted = ledger.Named(only);
        foreach (var record in records)
        {
            // Of a policy that this node does not know yet: it waits for it.
            if (record.AudienceEpochMax > sight.PolicyVersion) return (position, true);
            position = record.Position;
            selection.Add(record, wanted);
        }
        return (position, position >= end || records.Count == 0);
    }

    // The newest records of a home, where most watches are, and those that watches which are far behind read.
    private sealed class Reading(IHomeStore store, CompartmentCache compartments)
    {
        public DecodedLedger Near { get; } = new(store, compartments);

        public DecodedLedger Behind { get; } = new(store, compartments);

        public TurnByPosition TurnBehind { get; } = new();
    }
}
