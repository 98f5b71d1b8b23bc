using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>
/// What an actor knows of its subject, brought up to date before every answer by folding the rows above its position: so an
/// acknowledgement is visible to the next read, a second activation is harmless, and nothing happens at deactivation.
/// </summary>
/// <typeparam name="T">What is kept per compartment.</typeparam>
public sealed class SubjectFold<T>(IHomeStore store, SubjectFamily family, Digest subject, CompartmentCache compartments)
    where T : class, IKnowledge<T>, new()
{
    private const int RowsPerRead = 256;
    private const int StartsOverMax = 100;

    private static readonly Dictionary<long, LedgerRecord> NoRecords = [];

    private long _position;
    private int _epoch;
    private int _rowsSinceSnapshot;
    private Compartmented<T>? _knowledge;

    /// <summary>Whether the store had nothing of the subject at the last refresh: then there is nothing to keep.</summary>
    public bool HasNothing => _position == 0;

    /// <summary>Folds what is new and gives all that is known. A store that cannot be read makes the grid unavailable
    /// (<see cref="GridUnavailableException"/>), never a value absent.</summary>
    public async ValueTask<Compartmented<T>> Refresh(CancellationToken cancellation)
    {
        try
        {
            return await FoldNewRows(cancellation);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    /// <summary>Folds what is new and gives it as a snapshot.</summary>
    public async ValueTask<Snapshot> RefreshSnapshot(CancellationToken cancellation) =>
        ToSnapshot(await FoldNewRows(cancellation));

    /// <summary>What was retired, with the rows that go when all records up to a position do, and no others; null where there is none.</summary>
    public async ValueTask<Snapshot?> FoldRetired(long through, CancellationToken cancellation)
    {
        while (true)
        {
            (_epoch, _position) = (store.Identity.Epoch, 0);
            var retired = await store.ReadRetired(family, subject, cancellation);
            var knowledge = retired is { } known ? Compartmented<T>.Read(known.Content.Span, compartments) : new();
            _position = retired?.Position ?? 0;
            var isWhole = await FoldThrough(knowledge, through, cancellation);
            // Another node may have retired some of them meanwhile.
            if (!isWhole || (await store.ReadRetired(family, subject, cancellation))?.Position != retired?.Position) continue;
            return _position == 0 ? null : ToSnapshot(knowledge);
        }
    }

    private async ValueTask<bool> FoldThrough(Compartmented<T> knowledge, long through, CancellationToken cancellation)
    {
        while (await store.ReadRows(family, subject, _position, RowsPerRead, cancellation) is { Count: > 0 } rows)
        {
            var going = rows.TakeWhile(row => row.Fragments.All(fragment => fragment.RecordPosition <= through)).ToList();
            if (!await FoldAll(knowledge, going, cancellation)) return false;
            if (going.Count < rows.Count) break;
        }
        return true;
    }

    private async ValueTask<Compartmented<T>> FoldNewRows(CancellationToken cancellation)
    {
        try
        {
            return await FoldAll(cancellation);
        }
        catch
        {
            // A row may be half added: whoever asks next starts over from the snapshot.
            _knowledge = null;
            throw;
        }
    }

    private async ValueTask<Compartmented<T>> FoldAll(CancellationToken cancellation)
    {
        var startsOver = 0;
        while (true)
        {
            var knowledge = _knowledge ??= await Recover(cancellation);
            var rows = await store.ReadRows(family, subject, _position, RowsPerRead, cancellation);
            // In a new epoch what was folded may be gone.
            if (store.Identity.Epoch != _epoch || !await Fold(knowledge, rows, cancellation))
            {
                if (++startsOver > StartsOverMax) throw new InvalidOperationException("BUG: rows without records or snapshot.");
                _knowledge = null;
                continue;
            }
            if (_rowsSinceSnapshot >= GrownSubjects.RowsPerSnapshot) await Save(knowledge, cancellation);
            if (rows.Count == 0) return knowledge;
            // So many at once: somebody else may have folded what is still to come.
            if (rows.Count == RowsPerRead && await NewerSnapshot(cancellation)) _knowledge = null;
        }
    }

    private async ValueTask<Compartmented<T>> Recover(CancellationToken cancellation)
    {
        (_position, _rowsSinceSnapshot, _epoch) = (0, 0, store.Identity.Epoch);
        if (await store.ReadSnapshot(family, subject, cancellation) is not { } snapshot) return new();
        _position = snapshot.Position;
        return Compartmented<T>.Read(snapshot.Content.Span, compartments);
    }

    // False when retention has taken away what was to be folded: its snapshot is where to start over. The rows are asked for
    // first, then whether they were all: what goes afterwards was read.
    private async ValueTask<bool> Fold(Compartmented<T> knowledge, IReadOnlyList<Row> rows, CancellationToken cancellation)
    {
        if (_position < store.RetiredTo && await NewerSnapshot(cancellation)) return false;
        return await FoldAll(knowledge, rows, cancellation);
    }

    private async ValueTask<bool> FoldAll(Compartmented<T> knowledge, IReadOnlyList<Row> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            if (await ReadRecords(row, cancellation) is not { } records) return false;
            // A row is folded whole or not at all.
            foreach (var fragment in row.Fragments) Add(knowledge, fragment, records);
            _position = row.Position;
            _rowsSinceSnapshot++;
        }
        return true;
    }

    private async ValueTask<bool> NewerSnapshot(CancellationToken cancellation) =>
        await store.ReadSnapshot(family, subject, cancellation) is { } snapshot && snapshot.Position > _position;

    // The records that a row's fold needs; null when one of them is gone.
    private async ValueTask<Dictionary<long, LedgerRecord>?> ReadRecords(Row row, CancellationToken cancellation)
    {
        var records = NoRecords;
        foreach (var fragment in row.Fragments)
        {
            if (new Fragment(fragment.Content.Span).IsPlain || records.ContainsKey(fragment.RecordPosition)) continue;
            if (await store.ReadRecord(fragment.RecordPosition, cancellation) is not { } record) return null;
            if (records.Count == 0) records = [];
            records[fragment.RecordPosition] = record;
        }
        return records;
    }

    private void Add(Compartmented<T> knowledge, in RowFragment row, Dictionary<long, LedgerRecord> records)
    {
        var fragment = new Fragment(row.Content.Span);
        var compartment = compartments.Get(fragment.Compartment);
        if (fragment.IsPlain)
            knowledge.Add(compartment, new()
            {
                Count = (uint)fragment.Count,
                FirstSeen = fragment.FirstSeen,
                LastSeen = fragment.LastSeen,
                Confidence = fragment.Confidence,
            });
        else
            AddWhole(knowledge, compartment, fragment, records[row.RecordPosition].Items[fragment.ItemIndex].Span);
    }

    private void AddWhole(Compartmented<T> knowledge, Compartment compartment, in Fragment fragment, ReadOnlySpan<byte> bytes)
    {
        var item = new SightingItem(bytes);
        var details = item.ReadDetails();
        var observables = item.ReadObservables();
        if (details.Contribution is { } said)
        {
            knowledge.Add(compartment, Statement.OfContribution(item.Id, fragment.LastSeen, said, details.Description, observables));
            return;
        }
        var joined = fragment.JoinsByAsset && family != SubjectFamily.Asset ? AssetJoins.Of(details.Asset, observables) : [];
        if (family == SubjectFamily.Joined) joined = Array.FindAll(joined, each => Digest.Of(each) != subject);
        Observable[] sameFile = [];
        if (family == SubjectFamily.Indicator && Array.FindIndex(observables, o => Digest.Of(o) == subject) is var at and >= 0)
        {
            sameFile = FileHashes.OfTheFileOf(observables[at], observables);
            observables = [.. observables.AsSpan(0, at), .. observables.AsSpan(at + 1)];
        }
        knowledge.Add(compartment, new()
        {
            Count = (uint)fragment.Count,
            FirstSeen = fragment.FirstSeen,
            LastSeen = fragment.LastSeen,
            Confidence = item.Confidence,
            Neighbours = observables,
            SameFile = sameFile,
            Joined = joined,
            Techniques = details.Techniques.AsSpan(),
            AssetId = details.Asset?.Id,
            Sector = details.Asset is { } on ? TrendName.OfSector(on.Sector)?.Text : null,
            Asset = details.Asset,
        });
    }

    private async ValueTask Save(Compartmented<T> knowledge, CancellationToken cancellation)
    {
        _rowsSinceSnapshot = 0;
        try
        {
            await store.WriteSnapshot(family, subject, ToSnapshot(knowledge), cancellation);
        }
        catch (StoreUnavailableException)
        {
            // Derived: the rows are there, and after as many more it is tried again. A full disk does not stop reading.
        }
    }

    private Snapshot ToSnapshot(Compartmented<T> knowledge)
    {
        var content = new ByteWriter(1_024);
        knowledge.Write(content);
        return new(_position, content.Detach(), _epoch);
    }
}
