using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Grains.Releases;

/// <summary>
/// The statements of a release, in the making: the redacted form of what may leave a jurisdiction. Statements of one
/// observable that say no more than counts are added up per observable, compartment and hour, with the highest confidence of the
/// hour (which is what a redacted form shows of it), so that a hot value costs one statement however often it was seen.
/// </summary>
public sealed class ReleasedStatements
{
    private readonly Dictionary<Compartment, int> _compartments = [];
    private readonly Dictionary<Plain, Sum> _plain = [];
    private readonly SightingDraft _draft = new();
    private readonly SightingBatchBuilder _builder = new(256);

    /// <summary>The table of a release without statements.</summary>
    public static ReadOnlyMemory<byte> NoCompartments { get; } = new byte[] { SightingBatchBuilder.FormatVersion, 0 };

    /// <summary>Whether nothing leaves.</summary>
    public bool IsEmpty => _compartments.Count == 0 && _plain.Count == 0;

    /// <summary>About how many bytes of rows the statements make at the hub.</summary>
    public long RowBytes { get; private set; }

    /// <summary>Adds an item of which only observables of the released types leave. At least one of its types is released.</summary>
    public void Add(Compartment compartment, in SightingItem item, ObservableTypeSet released)
    {
        var first = Hours.Floor(item.FirstSeen);
        var last = Hours.Floor(item.LastSeen);
        if (item.IsPlain) AddPlain(compartment, item.ReadObservables()[0], new(item.Count, first, item.Confidence), last);
        else AddWhole(compartment, item, released, first, last);
    }

    /// <summary>The encoded release: the table of compartments, then the statements as encoded sightings whose marking index
    /// stands for a compartment.</summary>
    public (byte[] Compartments, SightingBatch Statements) Build()
    {
        foreach (var (key, sum) in _plain)
        {
            _draft.Clear();
            _draft.Observables.Add(key.Observable);
            Append(key.Compartment, sum, key.Hour);
        }
        var table = new ByteWriter(16 + _compartments.Count * 48);
        table.Byte(SightingBatchBuilder.FormatVersion);
        table.VarUInt((ulong)_compartments.Count);
        foreach (var compartment in _compartments.OrderBy(c => c.Value)) table.Block(compartment.Key.Encoded);
        return (table.ToArray(), _builder.Build());
    }

    /// <summary>Reads a table of compartments.</summary>
    public static byte[][] ReadCompartments(ReadOnlySpan<byte> table)
    {
        var reader = new ByteReader(table);
        if (reader.Byte() != SightingBatchBuilder.FormatVersion) throw ByteReader.Newer();
        var compartments = new byte[reader.Count()][];
        for (var i = 0; i < compartments.Length; i++) compartments[i] = reader.Block().ToArray();
        return compartments;
    }

    private void AddPlain(Compartment compartment, Observable observable, Sum more, long last)
    {
        RowBytes += compartment.Encoded.Length;
        ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _plain, new(observable, compartment, last), out var known);
        if (known && sum.Count + more.Count <= uint.MaxValue) sum = sum.Plus(more);
        else
        {
            if (known) AddSum(compartment, observable, sum, last);
            sum = more;
        }
    }

    // A sum that outgrows its field starts a statement of its own.
    private void AddSum(Compartment compartment, Observable observable, Sum sum, long last)
    {
        _draft.Clear();
        _draft.Observables.Add(observable);
        Append(compartment, sum, last);
    }

    private void AddWhole(Compartment compartment, in SightingItem item, ObservableTypeSet released, long first, long last)
    {
        _draft.Clear();
        foreach (var observable in item.ReadObservables())
            if (released.Contains(observable.Type)) _draft.Observables.Add(observable);
        RowBytes += (long)_draft.Observables.Count * compartment.Encoded.Length;
        var details = item.ReadDetails();
        _draft.Techniques.AddRange(details.Techniques);
        if (details.Contribution is { } said) AddSaid(said, details.Description, compartment.Marking.Attribution);
        Append(compartment, new(item.Count, first, item.Confidence), last);
    }

    // As the redacted form: words and service are told where the owner is.
    private void AddSaid(Contribution said, string text, Attribution attribution)
    {
        var isTold = attribution == Attribution.Named;
        _draft.Contribution = isTold ? said : said with { Service = "" };
        if (isTold) _draft.Description = text;
        RowBytes += text.Length;
    }

    private void Append(Compartment compartment, Sum sum, long last)
    {
        if (!_compartments.TryGetValue(compartment, out var index))
            _compartments[compartment] = index = _compartments.Count;
        _draft.MarkingIndex = index;
        _draft.Kind = compartment.Kind;
        (_draft.Count, _draft.FirstSeen, _draft.LastSeen, _draft.Confidence) = ((uint)sum.Count, sum.First, last, sum.Confidence);
        _builder.Add(_draft);
    }

    private readonly record struct Plain(Observable Observable, Compartment Compartment, long Hour);

    private readonly record struct Sum(ulong Count, long First, byte Confidence)
    {
        public Sum Plus(Sum more) =>
            new(Count + more.Count, Math.Min(First, more.First), Math.Max(Confidence, more.Confidence));
    }
}
