using System.Buffers.Binary;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>Looks for many canaries, in all their forms, in many bytes at once.</summary>
internal sealed class Searching
{
    private const int Prefix = sizeof(ulong);
    private const int ChunkBytes = 1 << 20;
    private const int ZeroBytes = 4_096;

    // One bit for each hash of a form's first 8 bytes: nearly every place of what is searched is passed by after one look.
    private readonly bool[] _maybe = new bool[1 << 16];
    private readonly Dictionary<ulong, List<(Canary Canary, Form Form)>> _forms = [];
    private readonly int _longest;

    public Searching(IEnumerable<Canary> canaries)
    {
        foreach (var canary in canaries)
            foreach (var form in canary.Forms)
            {
                var prefix = BinaryPrimitives.ReadUInt64LittleEndian(form.Bytes);
                _maybe[HashOf(prefix)] = true;
                if (!_forms.TryGetValue(prefix, out var known)) _forms[prefix] = known = [];
                known.Add((canary, form));
                _longest = Math.Max(_longest, form.Bytes.Length);
            }
    }

    /// <summary>How many bytes were searched.</summary>
    public long Bytes { get; private set; }

    /// <summary>The canaries in some bytes, each with the forms in which it is there.</summary>
    public void Search(ReadOnlySpan<byte> bytes, Findings found)
    {
        Bytes += bytes.Length;
        for (var at = 0; at + Prefix <= bytes.Length; at++)
        {
            var prefix = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
            if (prefix == 0 && bytes[at..].Length > ZeroBytes && !bytes.Slice(at, ZeroBytes).ContainsAnyExcept((byte)0)) at += ZeroBytes - Prefix;
            else if (_maybe[HashOf(prefix)] && _forms.TryGetValue(prefix, out var forms)) Compare(bytes[at..], forms, found);
        }
    }

    /// <summary>The same in a stream of any length.</summary>
    public void Search(Stream stream, Findings found)
    {
        var (chunk, kept) = (new byte[ChunkBytes], 0);
        while (true)
        {
            var read = stream.ReadAtLeast(chunk.AsSpan(kept), chunk.Length - kept, throwOnEndOfStream: false);
            Search(chunk.AsSpan(0, kept + read), found);
            if (kept + read < chunk.Length) return;
            kept = _longest;
            chunk.AsSpan(chunk.Length - kept).CopyTo(chunk);
        }
    }

    private static void Compare(ReadOnlySpan<byte> bytes, List<(Canary Canary, Form Form)> forms, Findings found)
    {
        foreach (var (canary, form) in forms)
            if (bytes.StartsWith(form.Bytes)) found.Add(canary, form.Name);
    }

    private static int HashOf(ulong prefix) => (int)((prefix * 0x9E3779B97F4A7C15UL) >> 48);
}

/// <summary>What was found at one place.</summary>
internal sealed class Findings
{
    private readonly Dictionary<Canary, HashSet<string>> _found = [];

    public void Add(Canary canary, string form)
    {
        if (!_found.TryGetValue(canary, out var forms)) _found[canary] = forms = [];
        forms.Add(form);
    }

    public bool Has(Canary canary) => _found.ContainsKey(canary);

    public IEnumerable<(Canary Canary, string Forms)> All =>
        _found.OrderBy(each => each.Key.Name, StringComparer.Ordinal)
            .Select(each => (each.Key, string.Join(", ", each.Value.Order(StringComparer.Ordinal))));
}
