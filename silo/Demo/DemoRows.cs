using System.Runtime.CompilerServices;
using CrossBorderSoc.Client.Ndjson;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Silo.Demo;

/// <summary>The shipped sample, its times moved.</summary>
internal static class DemoRows
{
    public static async IAsyncEnumerable<NdjsonRow> Read(
        string file, TimeSpan shift, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        await foreach (var row in NdjsonReader.ReadAsync(stream, cancellation))
        {
            if (row.Sighting is { } sighting) Move(sighting, shift);
            yield return row;
        }
    }

    private static void Move(Sighting sighting, TimeSpan shift)
    {
        sighting.FirstSeen = Moved(sighting.FirstSeen, shift);
        sighting.LastSeen = Moved(sighting.LastSeen, shift);
        if (sighting.Marking.EmbargoUntil is { } embargo) sighting.Marking.EmbargoUntil = Moved(embargo, shift);
        if (sighting.Marking.ExpiresAt is { } expiry) sighting.Marking.ExpiresAt = Moved(expiry, shift);
    }

    private static Timestamp Moved(Timestamp instant, TimeSpan shift) =>
        Timestamp.FromDateTimeOffset(instant.ToDateTimeOffset() + shift);
}
