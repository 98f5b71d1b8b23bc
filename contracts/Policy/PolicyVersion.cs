using System.Collections.Immutable;

namespace CrossBorderSoc.Contracts.Policy;

/// <summary>The whole policy at one version: who takes part, and who agreed to what.</summary>
public sealed class PolicyVersion
{
    internal PolicyVersion(int number, IEnumerable<Organisation> organisations, IEnumerable<Agreement> agreements)
    {
        Number = number;
        Organisations = [.. organisations.OrderBy(o => o.Id, StringComparer.Ordinal)];
        Agreements = [.. agreements.OrderBy(a => a.Id, StringComparer.Ordinal)];
        if (Organisations.Length > PolicyBounds.OrganisationsMax || HasRepeated(Organisations, o => o.Id))
            throw new ArgumentException("Too many organisations, or one twice.", nameof(organisations));
        if (Agreements.Length > PolicyBounds.AgreementsMax || HasRepeated(Agreements, a => a.Id))
            throw new ArgumentException("Too many agreements, or one twice.", nameof(agreements));
    }

    /// <summary>Its number, from 1; the audience epoch of what is accepted under it.</summary>
    public int Number { get; }

    /// <summary>
    /// The organisations, sorted by identifier (ordinal), at most <see cref="PolicyBounds.OrganisationsMax"/>.
    /// </summary>
    public ImmutableArray<Organisation> Organisations { get; }

    /// <summary>
    /// The agreements, sorted by identifier (ordinal), at most <see cref="PolicyBounds.AgreementsMax"/>.
    /// </summary>
    public ImmutableArray<Agreement> Agreements { get; }

    /// <summary>The organisation of an identifier, or null.</summary>
    public Organisation? Find(string id)
    {
        var (low, high) = (0, Organisations.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(Organisations[middle].Id, id);
            if (order == 0) return Organisations[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    internal bool SameContent(PolicyVersion other) =>
        Organisations.AsSpan().SequenceEqual(other.Organisations.AsSpan())
        && Agreements.AsSpan().SequenceEqual(other.Agreements.AsSpan());

    private static bool HasRepeated<T>(ImmutableArray<T> sorted, Func<T, string> id)
    {
        for (var i = 1; i < sorted.Length; i++)
            if (id(sorted[i]) == id(sorted[i - 1])) return true;
        return false;
    }
}

/// <summary>The published limits of a policy.</summary>
public static class PolicyBounds
{
    /// <summary>Most organisations of one version.</summary>
    public const int OrganisationsMax = 10_000;

    /// <summary>Most agreements of one version.</summary>
    public const int AgreementsMax = 100_000;

    /// <summary>Most versions of a history.</summary>
    public const int VersionsMax = 1_024;

    /// <summary>Most bytes of an identifier of an organisation, a community or an agreement.</summary>
    public const int IdBytesMax = 128;

    /// <summary>Most bytes (UTF-8) of an organisation's name.</summary>
    public const int NameBytesMax = 256;
}
