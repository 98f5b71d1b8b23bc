using CrossBorderSoc.Contracts.Observables.Normalisers;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>The host that an observable stands on, read from its canonical text.</summary>
public static class ObservableHost
{
    /// <summary>
    /// The host of a URL, the domain of an e-mail address; a domain name, an address or a network is its own. False for what has none.
    /// </summary>
    public static bool TryFind(in Observable observable, out Observable host)
    {
        host = observable;
        switch (observable.Type)
        {
            case ObservableType.DomainName or ObservableType.Ipv4Addr or ObservableType.Ipv6Addr:
            case ObservableType.Ipv4Cidr or ObservableType.Ipv6Cidr:
                return true;
            case ObservableType.EmailAddr:
                host = new(ObservableType.DomainName, observable.Text[(observable.Text.LastIndexOf('@') + 1)..]);
                return true;
            case ObservableType.Url:
                host = OfUrl(observable.Text);
                return true;
            default:
                return false;
        }
    }

    // Canonical: scheme, "://", perhaps user information and an at sign, the host, perhaps a colon and a port.
    private static Observable OfUrl(string url)
    {
        var rest = url.AsSpan(url.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = rest.IndexOfAny('/', '?', '#');
        if (end >= 0) rest = rest[..end];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        if (rest.StartsWith('[')) return new(ObservableType.Ipv6Addr, rest[1..rest.IndexOf(']')].ToString());
        var colon = rest.IndexOf(':');
        if (colon >= 0) rest = rest[..colon];
        return new(Ipv4.TryParse(rest, out _) ? ObservableType.Ipv4Addr : ObservableType.DomainName, rest.ToString());
    }
}
