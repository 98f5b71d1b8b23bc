using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// The changes of the delivery that is being put together, and what of those behind the cursor the target has been told last: after a failure the
/// changes are asked for anew, and what the target knows is left out. Bounded.
/// </summary>
internal sealed class WebhookBatch
{
    /// <summary>Most changes of a delivery.</summary>
    public const int ChangesMax = 100;

    /// <summary>Most bytes of a delivery of more than one change.</summary>
    public const int BytesMax = 256 * 1024;

    // Two steps of as many changes as there may be.
    private const int ToldMax = 40_000;

    private readonly Dictionary<UInt128, UInt128> _told = [];
    private readonly List<Entry> _entries = [];
    private int _bytes;

    /// <summary>The changes as protobuf's JSON.</summary>
    public IReadOnlyList<string> Changes => _entries.ConvertAll(entry => entry.Text);

    /// <summary>When the first of them was asked for, Unix milliseconds UTC in the grid's time.</summary>
    public long AskedAt { get; private set; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds a change, unless it is the last that the target was told of its subject.</summary>
    /// <param name="change">The change.</param>
    /// <param name="now">The grid's time; Unix milliseconds UTC.</param>
    /// <returns>Whether there was room; else it has to wait for the next delivery.</returns>
    public bool TryAdd(V1.WatchResponse change, long now)
    {
        var text = JsonFormatter.Default.Format(change);
        var entry = new Entry(Hash(SubjectOf(change)), Hash(text), text);
        if (_told.TryGetValue(entry.Subject, out var told) && told == entry.Content) return true;
        var bytes = Encoding.UTF8.GetByteCount(text) + 2;
        if (_entries.Count == ChangesMax || (!IsEmpty && _bytes + bytes > BytesMax)) return false;
        if (IsEmpty) AskedAt = now;
        _entries.Add(entry);
        _bytes += bytes;
        return true;
    }

    /// <summary>The target has been told of them, or is not going to be.</summary>
    public void Told()
    {
        if (_told.Count > ToldMax) _told.Clear();
        foreach (var entry in _entries) _told[entry.Subject] = entry.Content;
        Clear();
    }

    /// <summary>Leaves the changes for the next time.</summary>
    public void Clear()
    {
        _entries.Clear();
        _bytes = 0;
    }

    /// <summary>The cursor moved: what was told lies before it.</summary>
    public void Forget() => _told.Clear();

    private static string SubjectOf(V1.WatchResponse change) => change.ChangeCase switch
    {
        V1.WatchResponse.ChangeOneofCase.Indicator => $"{change.Indicator.Observable.Type} {change.Indicator.Observable.Value}",
        V1.WatchResponse.ChangeOneofCase.Gone => $"{change.Gone.Type} {change.Gone.Value}",
        V1.WatchResponse.ChangeOneofCase.Incident => $"incident {change.Incident.Id}",
        V1.WatchResponse.ChangeOneofCase.IncidentGone => $"incident {change.IncidentGone.Id}",
        _ => change.ChangeCase.ToString(),
    };

    private static UInt128 Hash(string text) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private readonly record struct Entry(UInt128 Subject, UInt128 Content, string Text);
}
