using CrossBorderSoc.Contracts.Encoding;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>Encodes normalised drafts into a <see cref="SightingBatch"/>. One builder per batch.</summary>
public sealed class SightingBatchBuilder(int expected)
{
    /// <summary>Version of the item encoding, the first byte of the table of markings.</summary>
    public const byte FormatVersion = 1;

    private readonly ByteWriter _content = new(Math.Max(64, expected * 160));
    private readonly List<int> _ends = new(expected);
    private readonly List<Marking> _markings = [];

    /// <summary>How many sightings have been added.</summary>
    public int Count => _ends.Count;

    /// <summary>Puts a marking into the batch's table and gives its index; equal markings share one.</summary>
    public int AddMarking(Marking marking)
    {
        var index = _markings.IndexOf(marking);
        if (index >= 0) return index;
        _markings.Add(marking);
        return _markings.Count - 1;
    }

    /// <summary>Appends a sighting. The draft must be normalised and valid.</summary>
    public void Add(SightingDraft draft)
    {
        var to = _content;
        to.Uuid(draft.Id);
        to.VarUInt((ulong)draft.MarkingIndex);
        to.Byte((byte)draft.Kind);
        to.Byte(draft.Confidence);
        to.VarUInt(draft.Count);
        to.VarInt(draft.LastSeen);
        to.VarUInt((ulong)(draft.LastSeen - draft.FirstSeen));
        to.VarUInt((ulong)draft.Observables.Count);
        foreach (var observable in draft.Observables) WriteObservable(to, observable.Type, observable.Text);
        WriteDetails(to, draft);
        _ends.Add(to.Length);
    }

    /// <summary>The batch. The builder must not be used afterwards.</summary>
    public SightingBatch Build()
    {
        var markings = new ByteWriter(16 + _markings.Count * 32);
        markings.Byte(FormatVersion);
        markings.VarUInt((ulong)_markings.Count);
        foreach (var marking in _markings) MarkingCodec.Write(markings, marking);
        return new(markings.Detach(), _content.Detach(), [.. _ends]);
    }

    // Type and text lie side by side, so that a digest is taken of them as they are.
    private static void WriteObservable(ByteWriter to, Observables.ObservableType type, string text)
    {
        to.VarUInt((ulong)System.Text.Encoding.UTF8.GetByteCount(text) + 1);
        to.Byte((byte)type);
        to.Utf8(text);
    }

    private static void WriteDetails(ByteWriter to, SightingDraft draft)
    {
        var flags = (draft.Techniques.Count > 0 ? SightingItem.HasTechniques : 0)
            | (draft.Asset is not null ? SightingItem.HasAsset : 0)
            | (draft.Description.Length > 0 ? SightingItem.HasDescription : 0)
            | (draft.SourceRef.Length > 0 ? SightingItem.HasSourceRef : 0)
            | (draft.Contribution is not null ? SightingItem.HasContribution : 0);
        to.Byte((byte)flags);
        if (draft.Techniques.Count > 0)
        {
            to.VarUInt((ulong)draft.Techniques.Count);
            foreach (var technique in draft.Techniques) to.Text(technique);
        }
        if (draft.Asset is { } asset) WriteAsset(to, asset);
        if (draft.Description.Length > 0) to.Text(draft.Description);
        if (draft.SourceRef.Length > 0) to.Text(draft.SourceRef);
        if (draft.Contribution is { } contribution) ContributionCodec.Write(to, contribution);
    }

    private static void WriteAsset(ByteWriter to, AssetStatement asset)
    {
        to.Text(asset.Id);
        to.Text(asset.Sector);
        to.Text(asset.Service);
        to.Text(asset.Criticality);
        to.Text(asset.Supplier);
        to.VarUInt((ulong)asset.Software.Length);
        foreach (var software in asset.Software) to.Text(software);
    }
}
