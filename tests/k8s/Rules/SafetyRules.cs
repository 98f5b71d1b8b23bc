using System.Text.RegularExpressions;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Rules;

/// <summary>What pods may do, and what may not stand in a manifest.</summary>
internal static partial class SafetyRules
{
    public static IEnumerable<string> PodsAreRestricted(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            var pod = workload.Pod;
            if (pod.SecurityContext is not { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" })
                yield return $"{workload}: its pods may be root, or call what they like";
            if (pod.AutomountServiceAccountToken != false) yield return $"{workload}: its pods have a token of the cluster";
            if (pod.EnableServiceLinks != false) yield return $"{workload}: its pods are told of every service by their environment";
            if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true) yield return $"{workload}: its pods are of the machine";
            foreach (var volume in pod.Volumes ?? [])
                if (volume.HostPath is not null) yield return $"{workload}: {volume.Name} is of the machine";
            if ((pod.InitContainers ?? []).Count > 0) yield return $"{workload} has containers before the others, of which no rule speaks";
        }
        foreach (var (workload, container) in manifests.Containers)
        {
            if (container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Privileged: not true } context
                || context.RunAsNonRoot == false || context.RunAsUser == 0)
                yield return $"{workload}/{container.Name} may become more, or write where it likes";
            if (container.SecurityContext?.Capabilities is not { Add: null or [], Drop: ["ALL"] })
                yield return $"{workload}/{container.Name} keeps capabilities";
            if ((container.Ports ?? []).Any(port => port.HostPort is not null)) yield return $"{workload}/{container.Name} has a port of the machine";
        }
        if (!Enforces(manifests.Namespace)) yield return "the namespace does not enforce restricted pods";
    }

    public static IEnumerable<string> ImagesArePinned(Manifests manifests) =>
        from each in manifests.Containers
        let image = each.Container.Image ?? ""
        where !Pinned().IsMatch(image) || image.EndsWith(":latest", StringComparison.Ordinal)
        select $"{each.Workload}/{each.Container.Name}: {image} may be another image tomorrow";

    public static IEnumerable<string> SecretsAreElsewhere(Manifests manifests)
    {
        foreach (var secret in manifests.Of<V1Secret>()) yield return $"the Secret {secret.Metadata.Name} stands in a manifest";
        foreach (var (workload, container) in manifests.Containers)
        {
            if ((container.EnvFrom ?? []).Count > 0) yield return $"{workload}/{container.Name} takes a whole object for its environment";
            foreach (var variable in container.Env ?? [])
                if (variable.ValueFrom?.SecretKeyRef is not null || Secret().IsMatch(variable.Value ?? ""))
                    yield return $"{workload}/{container.Name}: {variable.Name} is a secret in the environment";
            foreach (var word in (container.Args ?? []).Concat(container.Command ?? []))
                if (Secret().IsMatch(word)) yield return $"{workload}/{container.Name}: its arguments hold a secret";
        }
        foreach (var map in manifests.Of<V1ConfigMap>())
            if ((map.Data ?? new Dictionary<string, string>()).Any(one => Secret().IsMatch(one.Value)))
                yield return $"the ConfigMap {map.Metadata.Name} holds a secret";
    }

    private static bool Enforces(V1Namespace space) =>
        space.Metadata.Labels.TryGetValue("pod-security.kubernetes.io/enforce", out var level) && level == "restricted";

    [GeneratedRegex(@"^[a-z0-9.-]+(/[a-z0-9._-]+)+(:[A-Za-z0-9._-]+|(:[A-Za-z0-9._-]+)?@sha256:[0-9a-f]{64})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pinned();

    [GeneratedRegex("(password|passwd|secret|token)=[^$]|requirepass|PRIVATE KEY|eyJ[A-Za-z0-9_-]{8,}",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
