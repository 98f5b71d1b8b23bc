using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// Brings entries to the canonical form of what they list. An entry that is no value of the kind can hit nothing and is left
/// out, as real lists have some; one that is no network is refused, since it would be a hole in the list.
/// </summary>
internal sealed class WarninglistEntries(ListsByText texts, ListsByText hosts, ListsByNetwork networks)
{
    public void Add(Warninglist list, ushort number)
    {
        var types = ObservableTypes.All.Where(list.Types.Contains).ToArray();
        for (var i = 0; i < list.Entries.Count; i++)
        {
            var entry = list.Entries[i];
            if (list.Kind == WarninglistKind.Cidr)
                networks.Add(TryReadNetwork(entry, out var network) ? network : throw list.Refuse(i, "not a network or an address."), number);
            else if (list.Kind == WarninglistKind.Hostname)
                AddHost(entry, number);
            else
                AddValue(entry, list.Types, types, number);
        }
    }

    private void AddValue(string entry, ObservableTypeSet set, ObservableType[] types, ushort number)
    {
        foreach (var type in types)
            if (ObservableParser.TryParse(type, entry, out var value, out _) && set.Contains(value.Type))
                texts.Add(value.Text, number);
    }

    // A dot at the start says "and all below", which is what every entry means.
    private void AddHost(string entry, ushort number)
    {
        if (ObservableParser.TryParse(ObservableType.DomainName, entry.TrimStart('.'), out var host, out _)
            || ObservableParser.TryParse(ObservableType.Ipv4Addr, entry, out host, out _))
            hosts.Add(host.Text, number);
    }

    private static bool TryReadNetwork(string entry, out IpNetwork network)
    {
        network = default;
        var type = entry.Contains('/') ? ObservableType.Ipv4Cidr : ObservableType.Ipv4Addr;
        return ObservableParser.TryParse(type, entry, out var value, out _) && IpNetwork.TryRead(value, out network);
    }
}
