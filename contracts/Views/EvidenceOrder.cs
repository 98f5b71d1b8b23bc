using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// The one order of evidence, over disclosed fields alone, so that neither the order nor what a limit cuts off tells of anything
/// hidden, such as when or in which sequence sightings were accepted. The most recently seen first; then jurisdiction, owner,
/// identifier, kind, first-seen, count, confidence, marking, observables, techniques, description, contribution; ascending, texts by ordinal,
/// an absent one before any. Sightings that it does not tell apart are equal in every disclosed field.
/// </summary>
public sealed class EvidenceOrder : IComparer<DisclosedSighting>
{
    private EvidenceOrder()
    {
    }

    /// <summary>The order.</summary>
    public static EvidenceOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(DisclosedSighting? x, DisclosedSighting? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = y.LastSeen.CompareTo(x.LastSeen);
        if (order == 0) order = string.CompareOrdinal(x.Jurisdiction, y.Jurisdiction);
        if (order == 0) order = string.CompareOrdinal(x.Owner, y.Owner);
        if (order == 0) order = Nullable.Compare(x.Id, y.Id);
        if (order == 0) order = x.Kind.CompareTo(y.Kind);
        if (order == 0) order = x.FirstSeen.CompareTo(y.FirstSeen);
        if (order == 0) order = x.Count.CompareTo(y.Count);
        if (order == 0) order = x.Confidence.CompareTo(y.Confidence);
        if (order == 0) order = x.Marking.CompareTo(y.Marking);
        if (order == 0) order = Compare(x.Observables, y.Observables, static (a, b) => a.CompareTo(b));
        if (order == 0) order = Compare(x.Techniques, y.Techniques, string.CompareOrdinal);
        if (order == 0) order = string.CompareOrdinal(x.Description, y.Description);
        return order != 0 || x.Contribution is null || y.Contribution is null ? order : Compare(x.Contribution, y.Contribution);
    }

    private static int Compare(Contribution one, Contribution other)
    {
        var order = (one.Kind, one.Value).CompareTo((other.Kind, other.Value));
        if (order == 0) order = string.CompareOrdinal(one.State, other.State);
        if (order == 0) order = string.CompareOrdinal(one.Sector, other.Sector);
        return order != 0 ? order : string.CompareOrdinal(one.Service, other.Service);
    }

    // Element by element; of two of which one begins with the other, the shorter first.
    private static int Compare<T>(ImmutableArray<T> one, ImmutableArray<T> other, Comparison<T> compare)
    {
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
            if (compare(one[i], other[i]) is var order and not 0) return order;
        return one.Length.CompareTo(other.Length);
    }
}
