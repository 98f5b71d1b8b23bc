using System.Collections.Concurrent;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>What the streams of a round were acknowledged, and a sample of the new values in it.</summary>
internal sealed class PushTally
{
    private const int BatchesPerSample = 64;

    private long _sightings;
    private long _batches;

    /// <summary>Sightings accepted.</summary>
    public long Sightings => Volatile.Read(ref _sightings);

    /// <summary>Some batches with new values, to be read back.</summary>
    public ConcurrentBag<(OwnerTraffic Traffic, OutgoingBatch Batch)> Samples { get; } = [];

    public void Accepted(OwnerTraffic traffic, OutgoingBatch batch)
    {
        Interlocked.Add(ref _sightings, batch.Template.Count);
        if (Interlocked.Increment(ref _batches) % BatchesPerSample == 1 && batch.Template.HasFreshValues)
            Samples.Add((traffic, batch));
    }
}
