using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Contracts.Policy;

/// <summary>What an organisation is (design 2).</summary>
public enum OrganisationKind : byte
{
    /// <summary>Not said: refused.</summary>
    Unspecified = 0,
    /// <summary><c>national-soc</c>.</summary>
    NationalSoc = 1,
    /// <summary><c>csirt</c>.</summary>
    Csirt = 2,
    /// <summary><c>isac</c>.</summary>
    Isac = 3,
    /// <summary><c>essential-entity</c>, the operator of an essential entity.</summary>
    EssentialEntity = 4,
    /// <summary><c>eu-body</c>.</summary>
    EuBody = 5,
}

/// <summary>A party of the consortium, as one policy version has it.</summary>
/// <param name="Id">Identifier, as <see cref="Identity.OrganisationId"/> has it.</param>
/// <param name="Jurisdiction">Member State (<c>GR</c> for Greece) or <c>EU</c>; see
/// <see cref="Jurisdictions"/>. The same in every version: its evidence lies there.</param>
/// <param name="Name">Name for people: at most <see cref="PolicyBounds.NameBytesMax"/> bytes of UTF-8.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Communities">The communities it belongs to: sorted (ordinal), distinct.</param>
/// <param name="Clients">The organisations of its constituency: sorted (ordinal), distinct.</param>
/// <param name="DefaultPap">The PAP label of its sightings that carry none.</param>
public sealed record Organisation(
    string Id, string Jurisdiction, string Name, OrganisationKind Kind, ImmutableArray<string> Communities,
    ImmutableArray<string> Clients, Pap DefaultPap)
{
    /// <inheritdoc/>
    public bool Equals(Organisation? other) =>
        other is not null && Id == other.Id && Jurisdiction == other.Jurisdiction && Name == other.Name
        && Kind == other.Kind && DefaultPap == other.DefaultPap
        && Communities.AsSpan().SequenceEqual(other.Communities.AsSpan())
        && Clients.AsSpan().SequenceEqual(other.Clients.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Jurisdiction, Name, Kind, DefaultPap);
}
