using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>One home of a <see cref="MemoryGridStore"/>. Used by one thread at a time.</summary>
internal sealed class MemoryHomeStore : IHomeStore
{
    private readonly Dictionary<long, PreparedRelease> _releases = [];
    private readonly MemoryLastSeen _lastSeen;
    private readonly List<LedgerRecord> _records = [];
    private readonly Dictionary<(string Owner, Guid Id), ulong> _identifiers = [];
    private readonly Dictionary<(SubjectFamily Family, Digest Subject), List<Row>> _rows = [];
    private readonly Dictionary<(SubjectFamily Family, Digest Subject), Snapshot> _snapshots = [];
    private readonly Dictionary<Home, Watermark> _watermarks = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _documents = [];
    private readonly GrownSubjects _grown = new();
    private TaskCompletionSource _headMoves = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MemoryHomeStore(Home home) => (Home, _lastSeen) = (home, new() { Epoch = () => Identity.Epoch });

    public Home Home { get; }

    public LedgerIdentity Identity { get; private set; } = new(Guid.Parse("7d3b1c5e-0000-4000-8000-000000000001"), 1);

    public long Head => _records.Count;

    public long RetiredTo => 0;

    public ValueTask<CommitReceipt> Commit(PreparedBatch batch, CancellationToken cancellation)
    {
        var fates = Array.ConvertAll(batch.Items, item => Decide(batch.Owner, item));
        var isNew = Array.IndexOf(fates, ItemFate.Accepted) >= 0;
        if (isNew)
            Add(batch.Header, batch.Preamble, batch.Content, batch.Items, fates, batch.Fragments, batch.FragmentContent);
        return new(new CommitReceipt(isNew ? Head : 0, fates));
    }

    public ValueTask<Watermark> Apply(PreparedRelease release, CancellationToken cancellation)
    {
        var current = _watermarks.GetValueOrDefault(release.Source);
        if (!current.IsFollowedBy(release)) return new(current);
        if (release.Items.Length > 0)
            Add(release.Header, release.Preamble, release.Content, release.Items, new ItemFate[release.Items.Length],
                release.Fragments, release.FragmentContent);
        if (release.Items.Length > 0)
        {
            _releases[Head] = release;
            _records[^1] = _records[^1] with { Released = new(release.Ledger, release.From, release.To) };
        }
        return new(_watermarks[release.Source] = new(release.Ledger, release.To));
    }

    public ValueTask<Watermark> ReadWatermark(Home from, CancellationToken cancellation) =>
        new(_watermarks.GetValueOrDefault(from));

    /// <summary>Loses what is above a position, as a store that was restored; what follows the ledger is to be made anew.</summary>
    public void GoBack(long survivor)
    {
        _records.RemoveRange((int)survivor, _records.Count - (int)survivor);
        foreach (var rows in _rows.Values) rows.RemoveAll(row => row.Position > survivor);
        _snapshots.Clear();
        _identifiers.Clear();
        _lastSeen.Clear();
        Identity = Identity with { Epoch = Identity.Epoch + 1 };
    }

    public ValueTask<long> ReadSurvivor(int epoch, CancellationToken cancellation) => throw new NotSupportedException("Memory loses nothing.");

    public ValueTask OpenEpoch(long acknowledged, CancellationToken cancellation) => throw new NotSupportedException("Memory loses nothing.");

    public ValueTask<ReleaseRecord?> FindRelease(Home source, Guid ledger, long beyond, CancellationToken cancellation) => new(
        _releases.Where(each => each.Value.Source == source && each.Value.Ledger.Id == ledger && each.Value.To > beyond)
            .OrderByDescending(each => each.Key)
            .Select(each => new ReleaseRecord(each.Value.Ledger, each.Value.From, each.Value.To, _records[(int)each.Key - 1]))
            .FirstOrDefault());

    public ValueTask<Watermark> Drop(PreparedDrop drop, CancellationToken cancellation)
    {
        if (_watermarks.GetValueOrDefault(drop.Source) != drop.Known) return new(_watermarks.GetValueOrDefault(drop.Source));
        _watermarks[drop.Source] = drop.Next;
        if (drop.Release is not { Record: { } record }) return new(drop.Next);
        Identity = Identity with { Epoch = Identity.Epoch + 1 };
        _releases.Remove(record.Position);
        _records[(int)record.Position - 1] = record with { Preamble = drop.Preamble, Items = [] };
        foreach (var subject in drop.Subjects)
        {
            _snapshots.Remove((subject.Family, subject.Digest));
            if (!_rows.TryGetValue((subject.Family, subject.Digest), out var rows)) continue;
            rows.RemoveAll(row => row.Position == record.Position);
        }
        foreach (var seen in drop.Seen) _lastSeen.Drop(seen);
        return new(drop.Next);
    }

    public ValueTask<Snapshot?> ReadSnapshot(SubjectFamily family, Digest subject, CancellationToken cancellation) =>
        new(_snapshots.TryGetValue((family, subject), out var snapshot) ? snapshot : null);

    public ValueTask WriteSnapshot(SubjectFamily family, Digest subject, Snapshot snapshot, CancellationToken cancellation)
    {
        if (snapshot.Epoch != Identity.Epoch) return default;
        if (!_snapshots.TryGetValue((family, subject), out var stored) || snapshot.Position > stored.Position)
            _snapshots[(family, subject)] = snapshot;
        return default;
    }

    public ILastSeenIndex LastSeen => _lastSeen;

    public ValueTask<SubjectName> NextGrown(CancellationToken cancellation) => _grown.Next(cancellation);

    public ValueTask<IReadOnlyList<Row>> ReadRows(
        SubjectFamily family, Digest subject, long after, int max, CancellationToken cancellation)
    {
        var rows = _rows.GetValueOrDefault((family, subject)) ?? [];
        var start = rows.Count;
        while (start > 0 && rows[start - 1].Position > after) start--;
        return new(rows.GetRange(start, Math.Min(max, rows.Count - start)));
    }

    public ValueTask<IReadOnlyList<Row>> ReadRowsBackwards(
        SubjectFamily family, Digest subject, long before, int max, CancellationToken cancellation)
    {
        var rows = _rows.GetValueOrDefault((family, subject)) ?? [];
        var end = rows.Count;
        while (end > 0 && rows[end - 1].Position >= before) end--;
        var read = rows.GetRange(Math.Max(0, end - max), Math.Min(max, end));
        read.Reverse();
        return new(read);
    }

    public ValueTask<LedgerRecord?> ReadRecord(long position, CancellationToken cancellation) =>
        new(position >= 1 && position <= Head ? _records[(int)position - 1] : null);

    public ValueTask<IReadOnlyList<LedgerRecord>> ReadLedger(long after, int maxBytes, CancellationToken cancellation)
    {
        var read = new List<LedgerRecord>();
        long bytes = 0;
        foreach (var record in _records.Skip((int)after))
        {
            bytes += record.Header.Length + record.Preamble.Length + record.Items.Sum(item => item.Length);
            if (read.Count > 0 && bytes > maxBytes) break;
            read.Add(record);
        }
        return new(read);
    }

    public async Task WaitForHead(long above, CancellationToken cancellation)
    {
        while (Head <= above) await _headMoves.Task.WaitAsync(cancellation);
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadDocument(string name, CancellationToken cancellation) =>
        new(_documents.TryGetValue(name, out var content) ? content : default(ReadOnlyMemory<byte>?));

    public ValueTask WriteDocument(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        _documents[name] = content;
        return default;
    }

    public ValueTask RetireRows(
        SubjectFamily family, Digest subject, Snapshot snapshot, Snapshot? retired, long through, CancellationToken cancellation) =>
        throw new NotSupportedException("Nothing expires in memory.");

    public ValueTask<Snapshot?> ReadRetired(SubjectFamily family, Digest subject, CancellationToken cancellation) => new((Snapshot?)null);

    public ValueTask RetireRecords(long through, CancellationToken cancellation) =>
        throw new NotSupportedException("Nothing expires in memory.");

    private ItemFate Decide(string owner, in PreparedItem item)
    {
        if (_identifiers.TryAdd((owner, item.Id), item.ContentDigest)) return ItemFate.Accepted;
        return _identifiers[(owner, item.Id)] == item.ContentDigest ? ItemFate.Duplicate : ItemFate.Conflict;
    }

    private void Add(
        ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> preamble, ReadOnlyMemory<byte> content, PreparedItem[] items,
        ItemFate[] fates, PreparedFragment[] fragments, ReadOnlyMemory<byte> fragmentContent)
    {
        var position = Head + 1;
        var kept = new ReadOnlyMemory<byte>[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (fates[i] != ItemFate.Accepted) continue;
            kept[i] = content.Slice(items[i].Start, items[i].Length);
            foreach (var part in fragments.AsSpan(items[i].FragmentStart, items[i].FragmentCount))
                AddRow(part, new(position, fragmentContent.Slice(part.Start, part.Length)));
        }
        _records.Add(new(position, header, preamble, kept));
        _grown.Publish();
        var moves = _headMoves;
        _headMoves = new(TaskCreationOptions.RunContinuationsAsynchronously);
        moves.SetResult();
    }

    private void AddRow(in PreparedFragment part, RowFragment fragment)
    {
        if (!_rows.TryGetValue((part.Family, part.Subject), out var rows)) _rows[(part.Family, part.Subject)] = rows = [];
        if (rows.Count > 0 && rows[^1].Position == fragment.RecordPosition)
            rows[^1] = rows[^1] with { Fragments = [.. rows[^1].Fragments, fragment] };
        else
        {
            rows.Add(new(fragment.RecordPosition, [fragment]));
            _grown.AddRow(part.Family, part.Subject);
        }
    }
}
