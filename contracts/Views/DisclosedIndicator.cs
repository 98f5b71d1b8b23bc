using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>What one actor answers about an indicator.</summary>
/// <param name="View">The part that this actor may show.</param>
/// <param name="FullElsewhere">From the hub: the jurisdictions (sorted, ordinal) whose home holds something that the
/// caller may see in Full; the gateway asks those homes for it. Empty from a home.</param>
/// <param name="PolicyVersion">The number of the policy version that decided.</param>
[GenerateSerializer, Immutable, Alias("DisclosedIndicator")]
public sealed record DisclosedIndicator(
    [property: Id(0)] IndicatorView View, [property: Id(1)] ImmutableArray<string> FullElsewhere,
    [property: Id(2)] int PolicyVersion)
{
    /// <summary>The part of a home that is not asked.</summary>
    public static DisclosedIndicator Nothing { get; } = new(IndicatorView.Empty, [], 0);

    /// <inheritdoc/>
    public bool Equals(DisclosedIndicator? other) =>
        other is not null && View.Equals(other.View) && PolicyVersion == other.PolicyVersion
        && FullElsewhere.AsSpan().SequenceEqual(other.FullElsewhere.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(View, FullElsewhere.Length, PolicyVersion);
}
