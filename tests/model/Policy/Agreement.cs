using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Policy;

/// <summary>
/// An information-sharing agreement. Provider and consumer are an organisation's identifier or <c>community:ID</c>. An
/// empty
/// list of types or kinds covers all. From is inclusive, until exclusive.
/// </summary>
public sealed record Agreement(
    string Id, string Provider, string Consumer, Level Level, Tlp MaxTlp, IReadOnlyList<string> Types,
    IReadOnlyList<Kind> Kinds, DateTimeOffset ValidFrom, DateTimeOffset? ValidUntil = null, bool Revoked = false)
{
    /// <summary>Provider or consumer, of an organisation: itself or one of its communities.</summary>
    public static bool IsOneOf(string party, Organisation organisation) =>
        party == organisation.Id || organisation.Communities.Any(one => Marking.Names(party, "community:", one));

    public bool InForce(DateTimeOffset at) => !Revoked && at >= ValidFrom && (ValidUntil is null || at < ValidUntil);

    public bool CoversKind(Kind kind) => Kinds.Count == 0 || Kinds.Contains(kind);

    public bool CoversType(string type) => Types.Count == 0 || Types.Contains(type);

    public bool CoversTlp(Tlp tlp) => tlp <= MaxTlp;
}
