using System.Text;
using CrossBorderSoc.V1;
using Google.Protobuf;

namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>
/// A batch, serialised once. What must be new in every sighting that is sent (its identifier and, in the cold stream, its
/// value) has a fixed width and is written over in the copy that leaves, so that making traffic costs the client little.
/// </summary>
internal sealed class BatchTemplate
{
    /// <summary>Length of a UUID as text.</summary>
    public const int IdLength = 36;

    private readonly byte[] _bytes;
    private readonly int[] _ids;
    private readonly int[]? _values;

    private BatchTemplate(SightingBatch batch, byte[] bytes, int[] ids, int[]? values) =>
        (Batch, _bytes, _ids, _values) = (batch, bytes, ids, values);

    /// <summary>What it says, for the check afterwards; in the cold stream the values are place holders.</summary>
    public SightingBatch Batch { get; }

    /// <summary>How many sightings it holds.</summary>
    public int Count => _ids.Length;

    /// <summary>Encoded size in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Whether each sighting gets a new value when it is sent.</summary>
    public bool HasFreshValues => _values is not null;

    /// <summary>Serialises a batch. Identifiers are replaced; with fresh values, each sighting's only value is, too.</summary>
    public static BatchTemplate Of(SightingBatch batch, bool freshValues)
    {
        for (var i = 0; i < batch.Sightings.Count; i++) batch.Sightings[i].Id = $"00000000-0000-4000-8000-{i:x12}";
        var bytes = batch.ToByteArray();
        var ids = new int[batch.Sightings.Count];
        var values = freshValues ? new int[ids.Length] : null;
        var at = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = at = Position(bytes, batch.Sightings[i].Id, at);
            if (values is not null)
                values[i] = at = Position(bytes, batch.Sightings[i].Observables[0].Value, at + IdLength);
        }
        return new(batch, bytes, ids, values);
    }

    /// <summary>Writes the batch with fresh identifiers and, in the cold stream, the values from a number on.</summary>
    public void Write(Span<byte> to, FreshIds fresh, ulong firstValue)
    {
        _bytes.CopyTo(to);
        foreach (var id in _ids) fresh.Write(to.Slice(id, IdLength));
        for (var i = 0; i < _values?.Length; i++)
            SyntheticValue.Write(SyntheticValue.KindOf(i), firstValue + (ulong)i, to[_values[i]..]);
    }

    private static int Position(byte[] bytes, string text, int from) =>
        from + bytes.AsSpan(from).IndexOf(Encoding.UTF8.GetBytes(text)) is var at && at >= from
            ? at
            : throw new InvalidOperationException("BUG: a template does not hold its own text.");
}
