namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>One of the streams that are measured: who sends what.</summary>
internal sealed class Stream(string name, IReadOnlyList<OwnerTraffic> owners)
{
    // Place of the next new value; those of the hot set lie below.
    private static long nextValue = 1_000_000;

    /// <summary>Name in the report.</summary>
    public string Name => name;

    /// <summary>The traffic of each owner.</summary>
    public IReadOnlyList<OwnerTraffic> Owners => owners;

    /// <summary>The same stream, whose acknowledgements are not counted in this one.</summary>
    public Stream Unwatched() => new(name, [.. owners.Select(o => o.Anew())]);

    /// <summary>Takes numbers for the new values of a batch; never given twice in a run.</summary>
    public static ulong TakeValues(int count) => (ulong)(Interlocked.Add(ref nextValue, count) - count);
}
