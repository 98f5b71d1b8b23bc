using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Containment;

/// <summary>
/// What an observable may lie within (design 3.2): an address in networks, a URL on its host, a host below its parents up to its
/// registrable domain, an e-mail address on its domain. A pure function of the value: which of them a caller sees is another question.
/// </summary>
internal static class Containers
{
    /// <summary>Most containers of one observable: of an IPv6 address in a URL, the address and a network of every length.</summary>
    public const int Max = 130;

    /// <summary>Most parents of a host: those nearest to its registrable domain.</summary>
    public const int ParentsMax = 8;

    /// <summary>The containers of an observable that there may be, the most specific first; it is none of them itself.</summary>
    public static ImmutableArray<Observable> Of(in Observable inner, PublicSuffixes suffixes)
    {
        if (!ObservableHost.TryFind(inner, out var host)) return [];
        var containers = ImmutableArray.CreateBuilder<Observable>();
        if (host != inner) containers.Add(host);
        if (IpNetwork.TryRead(host, out var network)) AddNetworks(network, host, containers);
        else AddParents(host.Text, suffixes, containers);
        return containers.DrainToImmutable();
    }

    private static void AddNetworks(IpNetwork inner, in Observable host, ImmutableArray<Observable>.Builder containers)
    {
        for (var length = inner.Length; length >= (inner.IsIpv4 ? IpNetwork.Ipv4Start : 0); length--)
        {
            var network = inner.Widen(length).ToNetwork();
            if (network != host) containers.Add(network);
        }
    }

    private static void AddParents(string host, PublicSuffixes suffixes, ImmutableArray<Observable>.Builder containers)
    {
        if (suffixes.RegistrableDomain(host) is not { } registrable) return;
        var above = host[..^registrable.Length].Count(c => c == '.');
        for (var parent = host; above > 0; above--)
        {
            parent = parent[(parent.IndexOf('.') + 1)..];
            if (above <= ParentsMax) containers.Add(new(ObservableType.DomainName, parent));
        }
    }
}
