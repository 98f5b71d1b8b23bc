using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>Whatever an entry names has to be there, and be there once.</summary>
internal static class References
{
    public static void Check(Entry<Organisation>[] organisations, Entry<Agreement>[] agreements)
    {
        var ids = Distinct(organisations, o => o.Id);
        Distinct(agreements, a => a.Id);
        var communities = organisations.SelectMany(o => o.Value.Communities).ToHashSet(StringComparer.Ordinal);
        foreach (var (place, organisation) in organisations)
            foreach (var client in organisation.Clients) CheckClient(place, organisation, client, ids);
        foreach (var (place, agreement) in agreements)
        {
            CheckParty(place, "provider", agreement.Provider, ids, communities);
            CheckParty(place, "consumer", agreement.Consumer, ids, communities);
        }
    }

    private static HashSet<string> Distinct<T>(Entry<T>[] entries, Func<T, string> idOf)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, value) in entries)
            if (idOf(value) is { Length: > 0 } id && !ids.Add(id)) place.Refuse("id", "is there twice");
        return ids;
    }

    private static void CheckClient(EntryReader place, Organisation organisation, string client, HashSet<string> ids)
    {
        if (client.Length == 0) return;
        if (client == organisation.Id) place.Refuse("clients", "an organisation cannot be its own client");
        else if (!ids.Contains(client)) place.Refuse("clients", $"'{client}' is no organisation of the consortium");
    }

    private static void CheckParty(
        EntryReader place, string field, Party party, HashSet<string> ids, HashSet<string> communities)
    {
        if (party.Id.Length == 0) return;
        if (party.IsCommunity && !communities.Contains(party.Id))
            place.Refuse(field, $"nobody belongs to community '{party.Id}'");
        if (!party.IsCommunity && !ids.Contains(party.Id))
            place.Refuse(field, $"'{party.Id}' is no organisation of the consortium");
    }
}
