using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>
/// A sighting in the making: filled by a format's reader, encoded by <see cref="SightingBatchBuilder"/>, then cleared and
/// filled again, so that a long stream of sightings makes no garbage. Fields as in <see cref="Sighting"/>.
/// </summary>
public sealed class SightingDraft
{
    /// <summary>The producer's identifier.</summary>
    public Guid Id { get; set; }

    /// <summary>Observables; <see cref="Normalise"/> sorts them and drops repeated ones.</summary>
    public List<Observable> Observables { get; } = [];

    /// <summary>The asset, or null.</summary>
    public AssetStatement? Asset { get; set; }

    /// <summary>Unix milliseconds UTC.</summary>
    public long FirstSeen { get; set; }

    /// <summary>Unix milliseconds UTC.</summary>
    public long LastSeen { get; set; }

    /// <summary>At least 1.</summary>
    public uint Count { get; set; } = 1;

    /// <summary>What it says.</summary>
    public SightingKind Kind { get; set; }

    /// <summary>0 to 100.</summary>
    public byte Confidence { get; set; }

    /// <summary>Index of its marking, from <see cref="SightingBatchBuilder.AddMarking"/>.</summary>
    public int MarkingIndex { get; set; }

    /// <summary>Techniques; <see cref="Normalise"/> sorts them and drops repeated ones.</summary>
    public List<string> Techniques { get; } = [];

    /// <summary>Free text or empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>The producer's reference or empty.</summary>
    public string SourceRef { get; set; } = "";

    /// <summary>What a contribution says; null of a sighting.</summary>
    public Contribution? Contribution { get; set; }

    /// <summary>Sorts the lists and drops repeated entries, so that equal content has one encoding.</summary>
    public void Normalise()
    {
        SortDistinct(Observables, Comparer<Observable>.Default);
        SortDistinct(Techniques, StringComparer.Ordinal);
    }

    /// <summary>Makes it empty again.</summary>
    public void Clear()
    {
        Observables.Clear();
        Techniques.Clear();
        (Asset, Contribution) = (null, null);
        (Count, Description, SourceRef) = (1, "", "");
    }

    private static void SortDistinct<T>(List<T> list, IComparer<T> order)
    {
        if (list.Count < 2) return;
        list.Sort(order);
        var kept = 1;
        for (var i = 1; i < list.Count; i++)
            if (order.Compare(list[i], list[kept - 1]) != 0) list[kept++] = list[i];
        list.RemoveRange(kept, list.Count - kept);
    }
}
