using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Network;

/// <summary>Somebody on the network: a pod of a namespace, or an address outside.</summary>
/// <param name="Name">How the test calls it.</param>
/// <param name="Space">Its namespace; null for an address outside.</param>
/// <param name="SpaceLabels">The labels of its namespace.</param>
/// <param name="Labels">Its own labels.</param>
/// <param name="Policies">The policies of its namespace.</param>
/// <param name="Address">Its address, where it is outside.</param>
internal sealed record Place(
    string Name, string? Space, IDictionary<string, string> SpaceLabels, IDictionary<string, string> Labels,
    IReadOnlyList<V1NetworkPolicy> Policies, string? Address = null)
{
    /// <summary>A pod of a rendered overlay.</summary>
    public static Place Of(Manifests manifests, Workload workload) => new(
        $"{manifests.Home ?? "one"}/{workload.Component}", manifests.Namespace.Metadata.Name,
        new Dictionary<string, string>(manifests.Namespace.Metadata.Labels) { ["kubernetes.io/metadata.name"] = manifests.Namespace.Metadata.Name },
        workload.Labels, [.. manifests.Of<V1NetworkPolicy>()]);

    /// <summary>A pod of somebody else in the cluster.</summary>
    public static Place Other(string name, string space, params (string Key, string Value)[] labels) => new(
        name, space, new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = space },
        labels.ToDictionary(one => one.Key, one => one.Value), []);

    /// <summary>An address outside the cluster.</summary>
    public static Place Outside(string name, string address) =>
        new(name, null, new Dictionary<string, string>(), new Dictionary<string, string>(), [], address);
}
