using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>What of a list is asked for.</summary>
/// <param name="Types">Only these types.</param>
/// <param name="Since">Only what was last seen in this hour or later; Unix milliseconds UTC.</param>
/// <param name="OfIncidents">Only what positive sightings and contributions say; else what sightings of every kind say.</param>
/// <param name="Text">Only canonical texts that hold this one, whatever the case of letters; null for all.</param>
/// <param name="Together">What was named together with others, or an incident was opened of, at every hour at which it was (decision 0010);
/// else everything, at the newest hour. Asked for with <paramref name="OfIncidents"/>.</param>
/// <param name="InFull">Only what the caller sees in Full.</param>
[GenerateSerializer, Immutable, Alias("LastSeenFilter")]
public sealed record LastSeenFilter(
    [property: Id(0)] ObservableTypeSet Types, [property: Id(1)] long Since, [property: Id(2)] bool OfIncidents,
    [property: Id(3)] string? Text, [property: Id(4)] bool Together = false, [property: Id(5)] bool InFull = false)
{
    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(LastSeenFilter);
}

/// <summary>
/// Where one home would look for what the caller may have seen last: candidates, in order. What is told of each is its view, which
/// may turn out to be empty or of another hour.
/// </summary>
/// <param name="Places">The candidates, distinct, in order.</param>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("LastSeenPage")]
public sealed record LastSeenPage(
    [property: Id(0)] ImmutableArray<LastSeenPlace> Places, [property: Id(1)] LastSeenPlace? Next,
    [property: Id(2)] int PolicyVersion);
