using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>
/// A marking in the form disclosed. Redacted: TLP and PAP, nothing else. Ordered by level, TLP, PAP, attribution,
/// recipients (as written, ordinal, element by element), embargo, expiry; an absent instant before any.
/// </summary>
/// <param name="Level">Redacted or Full.</param>
/// <param name="Tlp">TLP 2.0 label.</param>
/// <param name="Pap">PAP label.</param>
/// <param name="Attribution">Whom the redacted form names; <c>Unspecified</c> when Redacted.</param>
/// <param name="Recipients">Named recipients, sorted; empty when Redacted.</param>
/// <param name="EmbargoUntil">Exact, Unix milliseconds UTC; null when none or Redacted.</param>
/// <param name="ExpiresAt">Exact, Unix milliseconds UTC; null when none or Redacted.</param>
[GenerateSerializer, Immutable, Alias("DisclosedMarking")]
public sealed record DisclosedMarking(
    [property: Id(0)] DisclosureLevel Level, [property: Id(1)] Tlp Tlp, [property: Id(2)] Pap Pap,
    [property: Id(3)] Attribution Attribution, [property: Id(4)] ImmutableArray<Recipient> Recipients,
    [property: Id(5)] long? EmbargoUntil, [property: Id(6)] long? ExpiresAt) : IComparable<DisclosedMarking>
{
    /// <summary>The Full form.</summary>
    public static DisclosedMarking Full(Marking marking) => new(
        DisclosureLevel.Full, marking.Tlp, marking.Pap, marking.Attribution,
        marking.Recipients, marking.EmbargoUntil, marking.ExpiresAt);

    /// <summary>The Redacted form.</summary>
    public static DisclosedMarking Redacted(Marking marking) =>
        new(DisclosureLevel.Redacted, marking.Tlp, marking.Pap, Attribution.Unspecified, [], null, null);

    /// <inheritdoc/>
    public int CompareTo(DisclosedMarking? other)
    {
        if (other is null) return 1;
        var order = (Level, Tlp, Pap, Attribution).CompareTo((other.Level, other.Tlp, other.Pap, other.Attribution));
        for (var i = 0; order == 0 && i < Math.Min(Recipients.Length, other.Recipients.Length); i++)
            order = string.CompareOrdinal(Recipients[i].ToString(), other.Recipients[i].ToString());
        if (order == 0) order = Recipients.Length.CompareTo(other.Recipients.Length);
        if (order == 0) order = Nullable.Compare(EmbargoUntil, other.EmbargoUntil);
        return order != 0 ? order : Nullable.Compare(ExpiresAt, other.ExpiresAt);
    }

    /// <inheritdoc/>
    public bool Equals(DisclosedMarking? other) =>
        other is not null && Level == other.Level && Tlp == other.Tlp && Pap == other.Pap
        && Attribution == other.Attribution && EmbargoUntil == other.EmbargoUntil && ExpiresAt == other.ExpiresAt
        && Recipients.AsSpan().SequenceEqual(other.Recipients.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Level, Tlp, Pap, Attribution, Recipients.Length, EmbargoUntil, ExpiresAt);
}
