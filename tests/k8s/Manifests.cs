using k8s;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>What one overlay renders to, read strictly: a field that does not exist is an error.</summary>
internal sealed class Manifests
{
    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Secret"] = typeof(V1Secret),
        ["v1/Service"] = typeof(V1Service),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate),
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
    };

    private Manifests(string name, string text) =>
        (Name, Text, All) = (name, text, [.. KubernetesYaml.LoadAllFromString(text, Types, strict: true)]);

    /// <summary>The overlay.</summary>
    public string Name { get; }

    /// <summary>In YAML.</summary>
    public string Text { get; }

    /// <summary>Every object.</summary>
    public List<object> All { get; }

    /// <summary>Every workload.</summary>
    public IEnumerable<Workload> Workloads => All.Select(Workload.Of).OfType<Workload>();

    /// <summary>Every container of every workload.</summary>
    public IEnumerable<(Workload Workload, V1Container Container)> Containers =>
        from workload in Workloads
        from container in workload.Pod.Containers.Concat(workload.Pod.InitContainers ?? [])
        select (workload, container);

    /// <summary>The namespace.</summary>
    public V1Namespace Namespace => Of<V1Namespace>().Single();

    /// <summary>The home that it is of.</summary>
    public string? Home => Namespace.Metadata.Labels.TryGetValue("crossbordersoc/home", out var home) ? home : null;

    /// <summary>Reads it.</summary>
    public static Manifests Read(string name, string text) => new(name, text);

    /// <summary>Every object of a type.</summary>
    public IEnumerable<T> Of<T>() => All.OfType<T>();

    /// <summary>An object by its name.</summary>
    public T Of<T>(string name)
        where T : IKubernetesObject<V1ObjectMeta> => Of<T>().Single(one => one.Metadata.Name == name);

    /// <summary>A workload by its name.</summary>
    public Workload Named(string name) => Workloads.Single(workload => workload.Name == name);

    /// <summary>Fewest replicas of a workload: the autoscaler's, else its own number.</summary>
    public int Fewest(Workload workload) => Autoscaler(workload)?.Fewest ?? workload.Replicas ?? 1;

    /// <summary>Most replicas of a workload.</summary>
    public int Most(Workload workload) => Autoscaler(workload)?.Most ?? workload.Replicas ?? 1;

    /// <summary>The bounds of a workload's autoscaler, of whichever kind.</summary>
    public (int Fewest, int Most)? Autoscaler(Workload workload)
    {
        foreach (var one in Of<V2HorizontalPodAutoscaler>())
            if (workload.Is(one.Spec.ScaleTargetRef.Kind, one.Spec.ScaleTargetRef.Name)) return (one.Spec.MinReplicas ?? 1, one.Spec.MaxReplicas);
        foreach (var one in Of<ScaledObject>())
            if (workload.Is(one.Spec.ScaleTargetRef.Kind, one.Spec.ScaleTargetRef.Name)) return (one.Spec.MinReplicaCount, one.Spec.MaxReplicaCount);
        return null;
    }
}
