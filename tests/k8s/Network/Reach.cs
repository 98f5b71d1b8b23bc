using System.Globalization;
using System.Net;
using CrossBorderSoc.Tests.K8s.Rules;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Network;

/// <summary>Who may open a connection to whom, as Kubernetes defines it: both ends have to, and one without a policy allows all.</summary>
internal static class Reach
{
    public static bool May(Place from, Place to, string protocol, int port) =>
        Allows(from, "Egress", to, protocol, port) && Allows(to, "Ingress", from, protocol, port);

    private static bool Allows(Place at, string direction, Place peer, string protocol, int port)
    {
        var policies = at.Policies.Where(policy => Selecting.Selects(policy.Spec.PodSelector, at.Labels) && Speaks(policy, direction)).ToList();
        return policies.Count == 0 || policies.Exists(policy => direction == "Egress"
            ? (policy.Spec.Egress ?? []).Any(rule => Peers(rule.To, policy, peer) && Ports(rule.Ports, protocol, port))
            : (policy.Spec.Ingress ?? []).Any(rule => Peers(rule.FromProperty, policy, peer) && Ports(rule.Ports, protocol, port)));
    }

    // Without a list a policy speaks of what comes in, and of what goes out where it has rules of that.
    private static bool Speaks(V1NetworkPolicy policy, string direction) => policy.Spec.PolicyTypes is { Count: > 0 } types
        ? types.Contains(direction) : direction == "Ingress" || policy.Spec.Egress is { Count: > 0 };

    private static bool Ports(IList<V1NetworkPolicyPort>? ports, string protocol, int port) => ports is not { Count: > 0 } || ports.Any(one =>
        (one.Protocol ?? "TCP") == protocol && (one.Port is null || int.Parse(one.Port.Value, CultureInfo.InvariantCulture) is var first
            && port >= first && port <= (one.EndPort ?? first)));

    private static bool Peers(IList<V1NetworkPolicyPeer>? peers, V1NetworkPolicy policy, Place peer) =>
        peers is not { Count: > 0 } || peers.Any(one => one.IpBlock is { } block ? Holds(block, peer) : IsPod(one, policy, peer));

    private static bool IsPod(V1NetworkPolicyPeer one, V1NetworkPolicy policy, Place peer) => peer.Space is not null
        && (one.NamespaceSelector is { } spaces ? Selecting.Selects(spaces, peer.SpaceLabels) : peer.Space == policy.Metadata.NamespaceProperty)
        && (one.PodSelector is null || Selecting.Selects(one.PodSelector, peer.Labels));

    private static bool Holds(V1IPBlock block, Place peer) => peer.Address is { } address
        && IPNetwork.Parse(block.Cidr).Contains(IPAddress.Parse(address))
        && (block.Except ?? []).All(hole => !IPNetwork.Parse(hole).Contains(IPAddress.Parse(address)));
}
