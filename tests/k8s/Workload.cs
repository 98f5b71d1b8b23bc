using k8s.Models;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>A StatefulSet or a Deployment.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">Its name.</param>
/// <param name="Replicas">How many it says; null when it leaves that to an autoscaler.</param>
/// <param name="Selector">Which pods it takes for its own.</param>
/// <param name="Template">Its pods.</param>
internal sealed record Workload(string Kind, string Name, int? Replicas, V1LabelSelector Selector, V1PodTemplateSpec Template)
{
    /// <summary>What its pods are made of.</summary>
    public V1PodSpec Pod => Template.Spec;

    /// <summary>The labels of its pods.</summary>
    public IDictionary<string, string> Labels => Template.Metadata.Labels;

    /// <summary>What it is of the grid: silo, gateway, redis, membership, node.</summary>
    public string Component => Labels["app.kubernetes.io/component"];

    /// <summary>Whether it runs nodes.</summary>
    public bool IsNode => Component is "silo" or "gateway" or "node";

    /// <summary>A workload, or null for anything else.</summary>
    public static Workload? Of(object manifest) => manifest switch
    {
        V1StatefulSet set => new("StatefulSet", set.Metadata.Name, set.Spec.Replicas, set.Spec.Selector, set.Spec.Template),
        V1Deployment set => new("Deployment", set.Metadata.Name, set.Spec.Replicas, set.Spec.Selector, set.Spec.Template),
        _ => null,
    };

    /// <summary>Whether it is meant.</summary>
    public bool Is(string kind, string name) => (kind, name) == (Kind, Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
