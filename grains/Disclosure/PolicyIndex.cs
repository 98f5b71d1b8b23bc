using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// One policy version, indexed the way that the rules ask. Made once per version and kept as long as the version.
/// </summary>
internal sealed class PolicyIndex
{
    private static readonly ConditionalWeakTable<PolicyVersion, PolicyIndex> Known = [];
    private readonly FrozenDictionary<string, Organisation> _organisations;
    private readonly FrozenDictionary<string, Organisation[]> _parents;
    private readonly FrozenDictionary<Party, Agreement[]> _agreements;

    private PolicyIndex(PolicyVersion version)
    {
        _organisations = version.Organisations.ToFrozenDictionary(o => o.Id, StringComparer.Ordinal);
        _parents = version.Organisations.SelectMany(parent => parent.Clients, (parent, client) => (parent, client))
            .GroupBy(link => link.client, link => link.parent, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _agreements = version.Agreements.Where(a => !a.Revoked).GroupBy(a => a.Consumer)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>The index of a version.</summary>
    public static PolicyIndex Of(PolicyVersion version) => Known.GetValue(version, static v => new(v));

    /// <summary>The organisation of an identifier, or null when it does not take part.</summary>
    public Organisation? Find(string id) => _organisations.GetValueOrDefault(id);

    /// <summary>The organisations that list one as their client.</summary>
    public Organisation[] ParentsOf(string client) => _parents.GetValueOrDefault(client, []);

    /// <summary>The agreements, unless revoked, whose consumer is this very party.</summary>
    public Agreement[] AgreementsTo(Party consumer) => _agreements.GetValueOrDefault(consumer, []);
}
