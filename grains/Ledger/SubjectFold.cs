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
    private const int RowsPerSnapshot = 256;

    private long _position;
    private int _rowsSinceSnapshot;
    private Compartmented<T>? _knowledge;

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

    private async ValueTask<Compartmented<T>> FoldNewRows(CancellationToken cancellation)
    {
        var knowledge = _knowledge ??= await Recover(cancellation);
        while (true)
        {
            var rows = await store.ReadRows(family, subject, _position, RowsPerRead, cancellation);
            if (rows.Count > 0) await Fold(knowledge, rows, cancellation);
            if (_rowsSinceSnapshot >= RowsPerSnapshot) await Save(knowledge, cancellation);
            if (rows.Count < RowsPerRead) return knowledge;
        }
    }

    private async ValueTask<Compartmented<T>> Recover(CancellationToken cancellation)
    {
        if (await store.ReadSnapshot(family, subject, cancellation) is not { } snapshot) return new();
        _position = snapshot.Position;
        return Compartmented<T>.Read(snapshot.Content.Span, compartments);
    }

    // A row is folded whole or not at all: what it needs from its records is read before the first of it is added.
    private async ValueTask Fold(Compartmented<T> knowledge, IReadOnlyList<Row> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            var records = await ReadRecords(row, cancellation);
            foreach (var fragment in row.Fragments) Add(knowledge, fragment, records);
            _position = row.Position;
            _rowsSinceSnapshot++;
        }
    }

    private async ValueTask<Dictionary<long, LedgerRecord>?> ReadRecords(Row row, CancellationToken cancellation)
    {
        Dictionary<long, LedgerRecord>? records = null;
        foreach (var fragment in row.Fragments)
        {
            if (new Fragment(fragment.Content.Span).IsPlain || records?.ContainsKey(fragment.RecordPosition) == true) continue;
            (records ??= [])[fragment.RecordPosition] = await store.ReadRecord(fragment.RecordPosition, cancellation)
                ?? throw new InvalidOperationException("BUG: a row without its record, above the newest snapshot.");
        }
        return records;
    }

    private void Add(Compartmented<T> knowledge, in RowFragment row, Dictionary<long, LedgerRecord>? records)
    {
        var fragment = new Fragment(row.Content.Span);
        var compartment = compartments.Get(fragment.Compartment);
        if (fragment.IsPlain)
            knowledge.Add(compartment, new()
            {
                Count = (uint)fragment.Count,
                FirstSeen = fragment.FirstSeen,
                LastSeen = fragment.LastSeen,
            });
        else
            AddWhole(knowledge, compartment, fragment, records![row.RecordPosition].Items[fragment.ItemIndex].Span);
    }

    private void AddWhole(Compartmented<T> knowledge, Compartment compartment, in Fragment fragment, ReadOnlySpan<byte> bytes)
    {
        var item = new SightingItem(bytes);
        var details = item.ReadDetails();
        var observables = item.ReadObservables();
        if (family == SubjectFamily.Indicator) observables = Array.FindAll(observables, o => Digest.Of(o) != subject);
        knowledge.Add(compartment, new()
        {
            Count = (uint)fragment.Count,
            FirstSeen = fragment.FirstSeen,
            LastSeen = fragment.LastSeen,
            Neighbours = observables,
            Techniques = details.Techniques.AsSpan(),
            AssetId = details.Asset?.Id,
            Asset = details.Asset,
        });
    }

    private async ValueTask Save(Compartmented<T> knowledge, CancellationToken cancellation)
    {
        var content = new ByteWriter(1_024);
        knowledge.Write(content);
        await store.WriteSnapshot(family, subject, new(_position, content.Detach()), cancellation);
        _rowsSinceSnapshot = 0;
    }
}
