using System.Globalization;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Rules;

/// <summary>What is named is there.</summary>
internal static class ReferenceRules
{
    public static IEnumerable<string> SelectorsSelect(Manifests manifests)
    {
        var workloads = manifests.Workloads.ToList();
        foreach (var workload in workloads)
        {
            if (!Selecting.Selects(workload.Selector, workload.Labels)) yield return $"{workload} does not select its own pods";
            foreach (var other in workloads.Where(other => other != workload && Selecting.Selects(workload.Selector, other.Labels)))
                yield return $"{workload} selects pods of {other}";
        }
        foreach (var budget in manifests.Of<V1PodDisruptionBudget>())
            if (workloads.Count(workload => Selecting.Selects(budget.Spec.Selector, workload.Labels)) != 1)
                yield return $"the budget {budget.Metadata.Name} is not of one workload";
        foreach (var policy in manifests.Of<V1NetworkPolicy>())
            if (!workloads.Exists(workload => Selecting.Selects(policy.Spec.PodSelector, workload.Labels)))
                yield return $"the policy {policy.Metadata.Name} is of no pod";
        foreach (var set in manifests.Of<V1StatefulSet>())
            if (!manifests.Of<V1Service>().Any(service => service.Metadata.Name == set.Spec.ServiceName))
                yield return $"{set.Metadata.Name} names no service";
        foreach (var (kind, name) in Scaled(manifests))
            if (!workloads.Exists(workload => workload.Is(kind, name))) yield return $"an autoscaler is of {kind} {name}, which is not there";
    }

    public static IEnumerable<string> ServicesLeadToPorts(Manifests manifests)
    {
        foreach (var service in manifests.Of<V1Service>())
        {
            var behind = manifests.Workloads.Where(workload => Selecting.SelectsAll(service.Spec.Selector, workload.Labels)).ToList();
            if (behind.Count != 1) yield return $"the service {service.Metadata.Name} leads to {behind.Count} workloads";
            foreach (var port in service.Spec.Ports)
                if (!behind.SelectMany(workload => workload.Pod.Containers).SelectMany(container => container.Ports ?? [])
                    .Any(open => open.Name == port.TargetPort?.Value && open.ContainerPort == port.Port))
                    yield return $"the service {service.Metadata.Name} leads to no port {port.Name}";
        }
    }

    public static IEnumerable<string> VolumesAreMounted(Manifests manifests)
    {
        foreach (var (workload, container) in manifests.Containers)
        {
            var mounts = container.VolumeMounts ?? [];
            var claims = manifests.Of<V1StatefulSet>().Where(set => workload.Is("StatefulSet", set.Metadata.Name))
                .SelectMany(set => set.Spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name).ToList();
            var volumes = (workload.Pod.Volumes ?? []).Select(volume => volume.Name).Concat(claims).ToList();
            foreach (var mount in mounts.Where(mount => !volumes.Contains(mount.Name))) yield return $"{workload}: there is no volume {mount.Name}";
            foreach (var volume in volumes.Where(volume => mounts.All(mount => mount.Name != volume)))
                yield return $"{workload}: {volume} is mounted nowhere";
            foreach (var mount in mounts.Where(mount => mount.ReadOnlyProperty != true && !claims.Contains(mount.Name)))
                yield return $"{workload}: {mount.Name} may be written";
        }
    }

    public static IEnumerable<string> EveryPodHasItsCertificate(Manifests manifests)
    {
        if (!manifests.Of<Certificate>().Any()) yield break;
        foreach (var workload in manifests.Workloads)
        {
            var files = (workload.Pod.Volumes ?? []).SelectMany(volume => volume.Projected?.Sources ?? [])
                .Where(source => source.Secret?.Items is not null)
                .SelectMany(source => source.Secret.Items.Select(item => (source.Secret.Name, item.Key, item.Path)))
                .ToList();
            foreach (var pod in Pods(manifests, workload))
                foreach (var (key, ending) in (IEnumerable<(string, string)>)[("tls.crt", "pem"), ("tls.key", "key")])
                    if (!files.Exists(file => file.Key == key && file.Path == $"{pod}.{ending}"
                        && manifests.Of<Certificate>().Any(
                            certificate => certificate.Spec.SecretName == file.Name && IsOf(certificate, manifests, workload, pod))))
                        yield return $"{workload} has no certificate {pod}.{ending} that says so";
        }
    }

    // Files are named after the pod where the workload gives names, else after the workload.
    private static IEnumerable<string> Pods(Manifests manifests, Workload workload) => workload.Component switch
    {
        "silo" => Enumerable.Range(0, manifests.Most(workload)).Select(at => string.Create(CultureInfo.InvariantCulture, $"silo-{at}")),
        "gateway" => ["gateway"],
        _ => ["redis"],
    };

    private static bool IsOf(Certificate certificate, Manifests manifests, Workload workload, string pod)
    {
        var jurisdiction = manifests.Of<V1ConfigMap>().Single(map => map.Metadata.Name.StartsWith("jurisdiction", StringComparison.Ordinal)).Data;
        var homes = workload.Component == "silo" ? jurisdiction["homes"].Split(',').Select(home => "urn:crossbordersoc:home:" + home) : [];
        return workload.IsNode
            ? certificate.Spec.Uris.Order().SequenceEqual(homes.Append($"urn:crossbordersoc:node:{pod}-{jurisdiction["name"]}").Order())
                && certificate.Spec.Usages.Contains("server auth") && certificate.Spec.Usages.Contains("client auth")
            : certificate.Spec.Uris.Count == 0 && certificate.Spec.DnsNames.Contains(workload.Name)
                && !certificate.Spec.Usages.Contains("client auth");
    }

    private static IEnumerable<(string Kind, string Name)> Scaled(Manifests manifests) =>
        manifests.Of<V2HorizontalPodAutoscaler>().Select(one => one.Spec.ScaleTargetRef)
            .Concat(manifests.Of<ScaledObject>().Select(one => one.Spec.ScaleTargetRef)).Select(target => (target.Kind, target.Name));
}
