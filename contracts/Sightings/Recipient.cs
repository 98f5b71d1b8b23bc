namespace CrossBorderSoc.Contracts.Sightings;

/// <summary>The kinds of party that a marking can name.</summary>
public enum RecipientKind : byte
{
    /// <summary>An organisation, <c>organisation:ID</c>.</summary>
    Organisation = 1,
    /// <summary>A community, <c>community:ID</c>.</summary>
    Community = 2,
    /// <summary>A person, <c>person:NAME@ORGANISATION</c>.</summary>
    Person = 3,
}

/// <summary>A party that a marking names. Ordered by kind, then identifier (ordinal).</summary>
[GenerateSerializer, Immutable, Alias("Recipient")]
public readonly record struct Recipient([property: Id(0)] RecipientKind Kind, [property: Id(1)] string Id)
    : IComparable<Recipient>
{
    private const string OrganisationPrefix = "organisation:";
    private const string CommunityPrefix = "community:";
    private const string PersonPrefix = "person:";

    /// <summary>Reads <c>organisation:ID</c>, <c>community:ID</c> or <c>person:NAME@ORGANISATION</c>; false if it is none of them.</summary>
    public static bool TryParse(string? text, out Recipient recipient)
    {
        recipient = default;
        if (text is null) return false;
        if (Strip(text, OrganisationPrefix) is { } organisation) recipient = new(RecipientKind.Organisation, organisation);
        else if (Strip(text, CommunityPrefix) is { } community) recipient = new(RecipientKind.Community, community);
        else if (Strip(text, PersonPrefix) is { } person
            && person.LastIndexOf('@') is > 0 and var at && at < person.Length - 1)
            recipient = new(RecipientKind.Person, person);
        return recipient.Id is not null;
    }

    /// <summary>The organisation of a person (after the last <c>@</c>), else the identifier itself.</summary>
    public string OrganisationId => Kind == RecipientKind.Person ? Id[(Id.LastIndexOf('@') + 1)..] : Id;

    /// <inheritdoc/>
    public int CompareTo(Recipient other) =>
        Kind != other.Kind ? Kind.CompareTo(other.Kind) : string.CompareOrdinal(Id, other.Id);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        RecipientKind.Organisation => OrganisationPrefix + Id,
        RecipientKind.Community => CommunityPrefix + Id,
        RecipientKind.Person => PersonPrefix + Id,
        _ => "",
    };

    private static string? Strip(string text, string prefix) =>
        text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
