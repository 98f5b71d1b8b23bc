using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.V1;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>What a sighting says of one value, as a grain call carries it.</summary>
[GenerateSerializer, Immutable, Alias("BareSighting")]
public readonly record struct BareSighting(
    [property: Id(0)] long FirstSeen, [property: Id(1)] long LastSeen, [property: Id(2)] uint Count, [property: Id(3)] Tlp Tlp);

/// <summary>One owner's sightings of one value out of one batch.</summary>
[GenerateSerializer, Immutable, Alias("BareSightings")]
public sealed record BareStatement([property: Id(0)] string Owner, [property: Id(1)] BareSighting[] Sightings);

/// <summary>The actor of a value, without anything that the grid promises. Key: home and value.</summary>
[Alias("IBareIndicator")]
public interface IBareIndicator : IGrainWithStringKey
{
    /// <summary>Counts.</summary>
    [Alias("See")]
    ValueTask See(BareStatement statement);

    /// <summary>Only wakes it, on a node whose actors ask for a token.</summary>
    [Alias("Wake")]
    ValueTask Wake(CallerToken caller);
}

/// <inheritdoc cref="IBareIndicator"/>
[Reentrant, GrainDirectory(CarriedDirectoryName.Value), CarriedPlacement]
public sealed class BareIndicatorGrain : Grain, IBareIndicator
{
    private Dictionary<(string Owner, Tlp Tlp), Tally>? _compartments;

    /// <inheritdoc/>
    public ValueTask See(BareStatement statement)
    {
        foreach (var sighting in statement.Sightings)
        {
            ref var tally = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                _compartments ??= [], (statement.Owner, sighting.Tlp), out var known);
            tally = known
                ? new(tally.Count + sighting.Count, Math.Min(tally.First, sighting.FirstSeen), Math.Max(tally.Last, sighting.LastSeen))
                : new(sighting.Count, sighting.FirstSeen, sighting.LastSeen);
        }
        return default;
    }

    /// <inheritdoc/>
    public ValueTask Wake(CallerToken caller) => default;

    private readonly record struct Tally(ulong Count, long First, long Last);
}
