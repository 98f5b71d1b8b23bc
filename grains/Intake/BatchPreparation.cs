using System.Buffers.Binary;
using System.IO.Hashing;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Trends;

namespace CrossBorderSoc.Grains.Intake;

/// <summary>
/// Turns a batch into what the committer needs: digests of identity and content, and per observable and asset the fragment of
/// its row. Pure; everything that does not need the ledger is done here, off the committer's thread.
/// </summary>
public sealed class BatchPreparation
{
    private const int UuidSize = 16;

    private readonly SightingBatch _batch;
    private readonly RecordHeader _header;
    private readonly Marking[] _markings;
    private readonly ulong[] _markingDigests;
    private readonly CompartmentTable _compartments;
    private readonly ByteWriter _fragmentBytes;
    private readonly List<PreparedFragment> _fragments;
    private readonly TrendFragments _trends;

    private BatchPreparation(SightingBatch batch, in RecordHeader header)
    {
        (_batch, _header) = (batch, header);
        _markings = SightingItem.ReadMarkings(batch.Markings.Span);
        _markingDigests = Array.ConvertAll(_markings, DigestOf);
        _compartments = new(header, _markings);
        _fragmentBytes = new(batch.Count * 64);
        _fragments = new(batch.Count + batch.Count / 2);
        _trends = new(_fragments, _fragmentBytes);
    }

    /// <summary>Prepares a batch. Throws <see cref="InvalidDataException"/> when its bytes are damaged.</summary>
    public static PreparedBatch Prepare(SightingBatch batch, in RecordHeader header) => new BatchPreparation(batch, header).Run();

    private PreparedBatch Run()
    {
        var items = new PreparedItem[_batch.Count];
        var content = _batch.Content.Span;
        var start = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var end = _batch.Ends[i];
            items[i] = Prepare(i, start, content[start..end]);
            start = end;
        }
        return new(_header.Owner, _header.ToBytes(), _batch.Markings, _batch.Content, items, [.. _fragments], _fragmentBytes.Detach());
    }

    private PreparedItem Prepare(int index, int start, ReadOnlySpan<byte> bytes)
    {
        var item = new SightingItem(bytes);
        if ((uint)item.MarkingIndex >= (uint)_markings.Length) throw ByteReader.Damaged();
        var marking = _markingDigests[item.MarkingIndex];
        var use = DigestOf(marking, item.Kind, item.Types);
        // Each contribution counts: whoever may use so many markings may say so much.
        if (item.Kind == SightingKind.Contribution) use = XxHash3.HashToUInt64(bytes[..UuidSize], unchecked((long)use));
        var firstFragment = _fragments.Count;
        AddFragments(index, item);
        // Identifier and marking index stand in front; the digest takes the marking by content, since indexes are the batch's own.
        var content = XxHash3.HashToUInt64(item.ContentAfterMarking, unchecked((long)marking));
        return new(item.Id, content, use, start, bytes.Length, firstFragment, _fragments.Count - firstFragment);
    }

    private void AddFragments(int index, in SightingItem item)
    {
        Span<Digest> subjects = stackalloc Digest[Bounds.SightingObservablesMax];
        if (item.ObservableCount is 0 or > Bounds.SightingObservablesMax) throw ByteReader.Damaged();
        item.Digests(subjects);
        var at = _fragmentBytes.Length;
        Fragment.Write(_fragmentBytes, index, item, _compartments.Of(item.MarkingIndex, item.Kind, item.Types).Encoded);
        var length = _fragmentBytes.Length - at;
        foreach (var subject in subjects[..item.ObservableCount])
            _fragments.Add(new(SubjectFamily.Indicator, subject, at, length));
        if (item.NamesAsset || item.NamesTechniques) AddDetails(index, item, new(default, default, at, length));
    }

    private void AddDetails(int index, in SightingItem item, in PreparedFragment whole)
    {
        var details = item.ReadDetails();
        if (details.Asset is { } asset)
        {
            _fragments.Add(whole with { Family = SubjectFamily.Asset, Subject = Digest.OfAsset(_header.Owner, asset.Id) });
            foreach (var joined in AssetJoins.Of(asset, item.ReadObservables()))
                _fragments.Add(whole with { Family = SubjectFamily.Joined, Subject = Digest.Of(joined) });
        }
        _trends.Add(index, item, details, _compartments.Of(item.MarkingIndex, item.Kind, item.Types));
    }

    /// <summary>The digest by which the ledger counts an owner's markings, each with kind and types.</summary>
    public static ulong DigestOf(in MarkingUse use) => DigestOf(DigestOf(use.Marking), use.Kind, use.Types);

    private static ulong DigestOf(ulong marking, SightingKind kind, ObservableTypeSet types)
    {
        Span<byte> use = stackalloc byte[sizeof(ulong) + 1];
        BinaryPrimitives.WriteUInt64LittleEndian(use, types.Mask);
        use[^1] = (byte)kind;
        return XxHash3.HashToUInt64(use, unchecked((long)marking));
    }

    private static ulong DigestOf(Marking marking)
    {
        var writer = new ByteWriter(64);
        MarkingCodec.Write(writer, marking);
        return XxHash3.HashToUInt64(writer.Written);
    }
}
