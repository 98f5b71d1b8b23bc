using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Machine;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>What one round of one stream against one server gave.</summary>
/// <param name="Sightings">Accepted.</param>
/// <param name="Seconds">From the first batch to the last acknowledgement.</param>
/// <param name="ServerMicroseconds">The server's processor time per sighting, in that time.</param>
/// <param name="ClientMicroseconds">The client's.</param>
/// <param name="Paused">The share of the time in which the server's garbage collector stopped it.</param>
internal readonly record struct PushRound(
    long Sightings, double Seconds, double ServerMicroseconds, double ClientMicroseconds, double Paused)
{
    /// <summary>Sightings per second.</summary>
    public double Rate => Sightings / Seconds;
}

/// <summary>Pushes a stream as 12 producers do at a time, each on a connection of its own.</summary>
internal static class PushLoad
{
    private const int Lanes = 12;

    public static async Task<PushRound> Run(ServerProcess server, Traffic.Stream stream, PushTally tally, PushLimit limit)
    {
        var pauses = await server.Pauses();
        var before = (Server: ProcessCpu.Of(server.Id), Client: ProcessCpu.Of(Environment.ProcessId));
        await Task.WhenAll(Deal(stream.Owners)
            .Select(owners => Task.Run(() => new PushLane(server.Address, owners, server.TokenOf, tally).Run(limit))));
        var seconds = limit.Elapsed.TotalSeconds;
        var after = (Server: ProcessCpu.Of(server.Id), Client: ProcessCpu.Of(Environment.ProcessId));
        return new(tally.Sightings, seconds,
            (after.Server - before.Server).TotalMicroseconds / tally.Sightings,
            (after.Client - before.Client).TotalMicroseconds / tally.Sightings,
            (await server.Pauses() - pauses).TotalSeconds / seconds);
    }

    /// <summary>Pushes each owner's batches exactly once, owner by owner, and waits until the hub has them.</summary>
    public static async Task Once(ServerProcess server, Traffic.Stream stream)
    {
        foreach (var owner in stream.Owners)
            await Run(
                server, new(stream.Name, [owner]), new PushTally(), new PushLimit(TimeSpan.MaxValue, owner.Templates.Length));
        await server.CatchUp();
    }

    // Neighbours in the file are of one state; dealt out like cards, those who send at a time are of different ones.
    private static IEnumerable<OwnerTraffic[]> Deal(IReadOnlyList<OwnerTraffic> owners) =>
        Enumerable.Range(0, Math.Min(Lanes, owners.Count))
            .Select(lane => owners.Where((_, i) => i % Lanes == lane).ToArray());
}
