using System.Text;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>
/// Turns a group of writes into the arguments of one commit, taking for granted what is not known otherwise: that identifiers are new,
/// that watermarks and markings are as they were. The script looks; what is otherwise is learned, and the group is built again.
/// Used by the committer only.
/// </summary>
internal sealed class GroupBuilder(GroupMarkings markings) : IRowTarget
{
    private const int FixedValues = 5;
    private readonly RowPacking _packing = new();
    private readonly GroupOwners _owners = new();
    private readonly GroupWatermarks _watermarks = new();
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private readonly List<(ReadOnlyMemory<byte> Subject, ReadOnlyMemory<byte> Content)> _rows = [];
    private readonly List<SubjectName> _grown = [];
    private readonly List<QueuedDocument> _documents = [];
    private List<PendingWrite> _group = [];
    private Arena _arena = new();

    /// <summary>The subjects of the group's rows.</summary>
    public IReadOnlyList<SubjectName> Grown => _grown;

    /// <summary>Begins a group.</summary>
    public void Begin(List<PendingWrite> group)
    {
        _group = group;
        _owners.Forget();
    }

    /// <summary>Builds the group; null when there is nothing to ask or to write. The first values are the committer's.</summary>
    public RedisValue[]? Build()
    {
        Clear();
        foreach (var write in _group) Add(write);
        markings.CollectChanged();
        if (_records.Count > 0) _packing.Pack(_records.Count, this);
        _packing.Clear();
        _owners.Seal();
        return _owners.Count + markings.Changed.Count + _watermarks.Count + _documents.Count + _records.Count == 0 ? null : Values();
    }

    /// <summary>The identifiers to look up before the group is built, per owner.</summary>
    public IEnumerable<(string Owner, RedisValue[] Ids, Action<int, byte[]> Learn)> Identifiers() =>
        _owners.Identifiers(_group.OfType<QueuedBatch>());

    /// <summary>The group was committed above a position: gives each write its result.</summary>
    public void Complete(long before)
    {
        markings.Complete();
        _watermarks.Complete();
        Settle(before);
    }

    /// <summary>Gives each write its result.</summary>
    public void Settle(long before)
    {
        foreach (var batch in _group.OfType<QueuedBatch>())
            batch.Result = new(batch.Record == 0 ? 0 : before + batch.Record, batch.Fates);
    }

    /// <summary>The server told what is otherwise: kinds, places, contents.</summary>
    public void Learn(RedisResult[] wrong)
    {
        for (var i = 0; i < wrong.Length; i += 3)
        {
            var (place, content) = ((int)wrong[i + 1], (byte[])wrong[i + 2]!);
            switch ((string?)wrong[i])
            {
                case "known":
                    _owners.Learn(place, content);
                    break;
                case "markings":
                    markings.Learn(_owners.NameOf(place), content);
                    break;
                case "set":
                    markings.Forget(markings.Changed[place].Subject);
                    break;
                case "watermark":
                    _watermarks.Learn(place, content);
                    break;
                default:
                    throw new InvalidDataException("The commit script told something unknown.");
            }
        }
    }

    Span<byte> IRowTarget.Row(SubjectFamily family, in Digest subject, long position, int size)
    {
        var name = _arena.Take(1 + Digest.Size);
        RedisKeys.WriteSubject(name.Span, family, subject);
        var content = _arena.Take(size);
        _rows.Add((name, content));
        _grown.Add(new(family, subject));
        return content.Span;
    }

    private void Clear()
    {
        _arena = new();
        markings.Begin();
        _owners.Clear();
        _watermarks.Clear();
        _records.Clear();
        _rows.Clear();
        _grown.Clear();
        _documents.Clear();
    }

    private void Add(PendingWrite write)
    {
        switch (write)
        {
            case QueuedBatch batch:
                Add(batch);
                break;
            case QueuedApply apply:
                Add(apply);
                break;
            case QueuedDocument document:
                _documents.Add(document);
                break;
            default:
                throw new InvalidOperationException($"BUG: unknown write {write.GetType().Name}.");
        }
    }

    private void Add(QueuedBatch queued)
    {
        queued.Record = 0;
        if (!Decide(queued, _owners.Of(queued.Batch.Owner))) return;
        var batch = queued.Batch;
        queued.Record = Record(RecordKind.Sightings, new RecordParts
        {
            Origin = Encoding.UTF8.GetBytes(batch.Owner),
            Header = batch.Header.Span,
            Preamble = batch.Preamble.Span,
            Content = batch.Content.Span,
            Items = batch.Items,
            Fates = queued.Fates,
        });
        _packing.Add(new(queued.Record, batch.Items, queued.Fates, batch.Fragments, batch.FragmentContent));
    }

    private bool Decide(QueuedBatch queued, OwnerPart owner)
    {
        var entered = false;
        for (var i = 0; i < queued.Items; i++)
        {
            var item = queued.Batch.Items[i];
            if (owner.Stored.TryGetValue(item.Id, out var digest) || owner.Seen.TryGetValue(item.Id, out digest))
            {
                queued.Fates[i] = digest == item.ContentDigest ? ItemFate.Duplicate : ItemFate.Conflict;
            }
            else if (!markings.Allows(queued, i))
            {
                queued.Fates[i] = ItemFate.TooManyMarkings;
            }
            else
            {
                owner.Add(item);
                queued.Fates[i] = ItemFate.Accepted;
                entered = true;
            }
        }

        return entered;
    }

    private void Add(QueuedApply queued)
    {
        var release = queued.Release;
        var source = release.Source.Code;
        var current = queued.Result = _watermarks.Of(source);
        if (!current.IsFollowedBy(release)) return;
        queued.Result = new(release.Ledger, release.To);
        _watermarks.Move(source, queued.Result);
        if (release.Items.Length == 0) return;
        var fates = new ItemFate[release.Items.Length];
        var place = Record(RecordKind.Release, new RecordParts
        {
            Origin = RecordFormat.OriginOf(release),
            Header = release.Header.Span,
            Preamble = release.Preamble.Span,
            Content = release.Content.Span,
            Items = release.Items,
            Fates = fates,
        });
        _packing.Add(new(place, release.Items, fates, release.Fragments, release.FragmentContent));
    }

    private int Record(RecordKind kind, RecordParts parts)
    {
        var record = _arena.Take(RecordFormat.Size(parts));
        RecordFormat.Write(record.Span, RecordReading.Seed, kind, parts);
        _records.Add(record);
        return _records.Count;
    }

    private RedisValue[] Values()
    {
        var values = new List<RedisValue>(FixedValues + 64 + 3 * _rows.Count);
        for (var i = 0; i < FixedValues; i++) values.Add(default);
        _owners.Write(values, _arena, markings);
        values.Add(markings.Changed.Count);
        foreach (var (subject, known, content) in markings.Changed)
        {
            var counted = known.StoredBytes == 0;
            values.Add(RedisKeys.MarkingsOn(subject.Owner, subject.Digest));
            values.Add(known.StoredBytes);
            values.Add(counted ? RedisKeys.Subject(SubjectFamily.Indicator, subject.Digest) : RedisValue.EmptyString);
            values.Add(known.NewestRow);
            values.Add(SmallFormats.Markings(content.All));
        }

        _watermarks.Write(values);
        values.Add(_documents.Count);
        foreach (var document in _documents) values.AddRange([document.Name, document.Content]);
        values.Add(_records.Count);
        foreach (var record in _records) values.Add(record);
        values.Add(_rows.Count);
        foreach (var (subject, content) in _rows)
        {
            values.Add(subject);
            values.Add(content);
        }

        return [.. values];
    }
}
