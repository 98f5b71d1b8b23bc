using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>Under which terms an owner said something. Defaults are resolved: no label is <c>Unspecified</c>.</summary>
/// <param name="Tlp">TLP 2.0 label.</param>
/// <param name="Pap">PAP label.</param>
/// <param name="Attribution">Whom a redacted form names.</param>
/// <param name="Recipients">Named recipients: sorted, distinct, at most <see cref="Bounds.MarkingRecipientsMax"/>.</param>
/// <param name="EmbargoUntil">Hidden from others before this instant rounded up to the hour; Unix milliseconds UTC.</param>
/// <param name="ExpiresAt">Hidden from others from this instant rounded down to the hour; Unix milliseconds UTC.</param>
public sealed record Marking(
    Tlp Tlp, Pap Pap, Attribution Attribution, ImmutableArray<Recipient> Recipients, long? EmbargoUntil, long? ExpiresAt)
{
    /// <summary>The default attribution of a label: named for CLEAR and GREEN, jurisdiction otherwise (design 3.1).</summary>
    public static Attribution DefaultAttribution(Tlp tlp) =>
        tlp is Tlp.Clear or Tlp.Green ? Attribution.Named : Attribution.Jurisdiction;

    /// <inheritdoc/>
    public bool Equals(Marking? other) =>
        other is not null && Tlp == other.Tlp && Pap == other.Pap && Attribution == other.Attribution
        && EmbargoUntil == other.EmbargoUntil && ExpiresAt == other.ExpiresAt
        && Recipients.AsSpan().SequenceEqual(other.Recipients.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Tlp);
        hash.Add(Pap);
        hash.Add(Attribution);
        hash.Add(EmbargoUntil);
        hash.Add(ExpiresAt);
        foreach (var recipient in Recipients) hash.Add(recipient);
        return hash.ToHashCode();
    }
}
