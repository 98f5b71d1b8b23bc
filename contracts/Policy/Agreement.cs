using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Policy;

/// <summary>An information-sharing agreement, as one policy version has it (design 3.1).</summary>
/// <param name="Id">Identifier: 1 to 128 characters of <c>[a-z0-9._-]</c>.</param>
/// <param name="Provider">Whose sightings it covers.</param>
/// <param name="Consumer">To whom it discloses them.</param>
/// <param name="Level">Redacted or Full.</param>
/// <param name="MaxTlp">The narrowest label that it covers; never RED.</param>
/// <param name="Types">The observable types that it covers; null covers all, those of the future included.</param>
/// <param name="Kinds">The kinds of sighting that it covers: sorted, distinct; empty covers all.</param>
/// <param name="ValidFrom">In force from this instant on; Unix milliseconds UTC.</param>
/// <param name="ValidUntil">In force before this instant; Unix milliseconds UTC; null has no end.</param>
/// <param name="Revoked">A revoked agreement gives nothing, also for the past.</param>
public sealed record Agreement(
    string Id, Party Provider, Party Consumer, DisclosureLevel Level, Tlp MaxTlp, ObservableTypeSet? Types,
    ImmutableArray<SightingKind> Kinds, long ValidFrom, long? ValidUntil, bool Revoked)
{
    /// <inheritdoc/>
    public bool Equals(Agreement? other) =>
        other is not null && Id == other.Id && Provider == other.Provider && Consumer == other.Consumer
        && Level == other.Level && MaxTlp == other.MaxTlp && Types == other.Types && ValidFrom == other.ValidFrom
        && ValidUntil == other.ValidUntil && Revoked == other.Revoked
        && Kinds.AsSpan().SequenceEqual(other.Kinds.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Id, Provider, Consumer, Level, MaxTlp, Types, ValidFrom, Revoked);
}
