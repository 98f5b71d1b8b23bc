namespace CrossBorderSoc.Contracts.Policy;

/// <summary>
/// One side of an agreement: an organisation, or all members of a community. Written <c>ID</c> or <c>community:ID</c>.
/// </summary>
/// <param name="IsCommunity">Whether it is a community.</param>
/// <param name="Id">The identifier, without prefix.</param>
public readonly record struct Party(bool IsCommunity, string Id)
{
    private const string CommunityPrefix = "community:";

    /// <summary>An organisation.</summary>
    public static Party Organisation(string id) => new(IsCommunity: false, id);

    /// <summary>A community.</summary>
    public static Party Community(string id) => new(IsCommunity: true, id);

    /// <summary>Reads what <see cref="ToString"/> writes; total, the identifier is not checked.</summary>
    public static Party Parse(string text) => text.StartsWith(CommunityPrefix, StringComparison.Ordinal)
        ? Community(text[CommunityPrefix.Length..])
        : Organisation(text);

    /// <inheritdoc/>
    public override string ToString() => IsCommunity ? CommunityPrefix + Id : Id;
}
