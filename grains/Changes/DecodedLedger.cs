using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>
/// The records of a home as its watchers read them: all watch the same end of the ledger, so each record is decoded once. Bounded: the
/// newest are kept, up to so many observables in all. One caller at a time.
/// </summary>
internal sealed class DecodedLedger(IHomeStore store, CompartmentCache compartments)
{
    private const int KeptObservablesMax = 131_072;
    private const int BytesPerRead = 1 << 18;

    private const int NamesMax = 2 * KeptObservablesMax;

    private readonly SortedDictionary<long, DecodedRecord> _kept = [];
    private readonly ObservableNames _names = new();
    private int _keptObservables;
    private int _epoch;

    /// <summary>Records behind a position and not behind another, in order, at least one if there is one, then up to so many and
    /// about 256 KiB that have to be read.</summary>
    public async ValueTask<IReadOnlyList<DecodedRecord>> After(
        long position, long through, int max, CancellationToken cancellation)
    {
        var records = new List<DecodedRecord>();
        if (position >= through) return records;
        // Not while an answer is put together: in it each observable is one.
        if (_names.Count > NamesMax || _epoch != store.Identity.Epoch) Forget();
        while (records.Count < max && position < through && _kept.TryGetValue(position + 1, out var known))
        {
            records.Add(known);
            position = known.Position;
        }
        if (records.Count < max && position < through) await Read(position, through, max, records, cancellation);
        return records;
    }

    /// <summary>Those of some observables that records name which were given; null for all of them.</summary>
    /// <param name="only">The observables; none for all.</param>
    public HashSet<NamedObservable>? Named(ImmutableArray<Observable> only)
    {
        if (only.IsDefaultOrEmpty) return null;
        var named = new HashSet<NamedObservable>();
        foreach (var observable in only)
            if (_names.Find(observable) is { } name) named.Add(name);
        return named;
    }

    private void Forget()
    {
        _epoch = store.Identity.Epoch;
        _names.Clear();
        _kept.Clear();
        _keptObservables = 0;
    }

    private async ValueTask Read(
        long position, long through, int max, List<DecodedRecord> records, CancellationToken cancellation)
    {
        foreach (var record in await store.ReadLedger(position, BytesPerRead, cancellation))
        {
            if (records.Count == max || record.Position > through) return;
            var decoded = DecodedRecord.Of(record, store.Home.IsHub, compartments, _names);
            Keep(decoded);
            records.Add(decoded);
        }
    }

    private void Keep(DecodedRecord record)
    {
        if (record.ObservableCount > KeptObservablesMax || !_kept.TryAdd(record.Position, record)) return;
        _keptObservables += record.ObservableCount;
        while (_keptObservables > KeptObservablesMax)
        {
            var oldest = _kept.First();
            _kept.Remove(oldest.Key);
            _keptObservables -= oldest.Value.ObservableCount;
        }
    }
}
