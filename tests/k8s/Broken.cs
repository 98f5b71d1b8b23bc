using k8s.Models;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>Manifests broken on purpose, each in one place: which rule has to find it, in which overlay, and what is broken.</summary>
internal static class Broken
{
    public static IReadOnlyDictionary<string, (string Rule, string Overlay, Action<Manifests> Break)> ByName { get; } =
        new Dictionary<string, (string, string, Action<Manifests>)>(StringComparer.Ordinal)
        {
            ["no startup probe"] = ("ProbesTellTheTruth", "be", m => Container(m, "silo").StartupProbe = null),
            ["liveness asks readiness"] = ("ProbesTellTheTruth", "be", m => Container(m, "silo").LivenessProbe.Exec.Command[3] = "ready"),
            ["a probe from outside"] = ("ProbesTellTheTruth", "hub",
                m => Container(m, "gateway").ReadinessProbe = new() { HttpGet = new() { Port = 5081, Path = "/health/ready" }, TimeoutSeconds = 5 }),
            ["killed while it starts"] = ("ProbesTellTheTruth", "all-in-one", m => Container(m, "node").StartupProbe.FailureThreshold = 3),
            ["no probe of Redis"] = ("ProbesTellTheTruth", "hub", m => Container(m, "membership").ReadinessProbe.Exec.Command = ["true"]),
            ["no limit"] = ("ResourcesAreBounded", "be", m => Container(m, "silo").Resources.Limits.Remove("memory")),
            ["asks for more than it may"] = ("ResourcesAreBounded", "be", m => Container(m, "silo").Resources.Requests["cpu"] = new("8")),
            ["Redis larger than its pod"] = ("ResourcesAreBounded", "be", m => Container(m, "redis").Command[3] = "4gb"),
            ["killed while it stops"] = ("GraceIsLongerThanTheShutdown", "be", m => m.Named("silo").Pod.TerminationGracePeriodSeconds = 40),
            ["the default grace"] = ("GraceIsLongerThanTheShutdown", "de", m => m.Named("gateway").Pod.TerminationGracePeriodSeconds = null),
            ["stops while on lists"] = ("GraceIsLongerThanTheShutdown", "be", m => Container(m, "gateway").Lifecycle = null),
            ["no budget"] = ("SomeAlwaysRun", "be", m => m.All.RemoveAll(one => one is V1PodDisruptionBudget)),
            ["a budget of all"] = ("SomeAlwaysRun", "be", m => m.Of<V1PodDisruptionBudget>("silo").Spec.MaxUnavailable = 2),
            ["a budget of none"] = ("SomeAlwaysRun", "be", m => m.Of<V1PodDisruptionBudget>("silo").Spec.MaxUnavailable = 0),
            ["two numbers of replicas"] = ("SomeAlwaysRun", "be", m => m.Of<V1StatefulSet>("silo").Spec.Replicas = 3),
            ["anywhere"] = ("PodsAreSpreadWithinTheirHome", "be", m => m.Named("redis").Pod.Affinity = null),
            ["in another state"] = ("PodsAreSpreadWithinTheirHome", "be", m => m.Named("silo").Pod.Affinity.NodeAffinity
                .RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms[0].MatchExpressions[0].Values[0] = "DE"),
            ["all on one machine"] = ("PodsAreSpreadWithinTheirHome", "be", m => m.Named("silo").Pod.TopologySpreadConstraints.RemoveAt(0)),
            ["root"] = ("PodsAreRestricted", "be", m => m.Named("silo").Pod.SecurityContext.RunAsUser = 0),
            ["root of one container"] = ("PodsAreRestricted", "be", m => Container(m, "silo").SecurityContext.RunAsUser = 0),
            ["any system call"] = ("PodsAreRestricted", "be", m => m.Named("gateway").Pod.SecurityContext.SeccompProfile = null),
            ["a capability"] = ("PodsAreRestricted", "be", m => Container(m, "silo").SecurityContext.Capabilities.Add = ["NET_ADMIN"]),
            ["a root that is written"] = ("PodsAreRestricted", "hub", m => Container(m, "membership").SecurityContext.ReadOnlyRootFilesystem = false),
            ["more privileges"] = ("PodsAreRestricted", "be", m => Container(m, "redis").SecurityContext.AllowPrivilegeEscalation = null),
            ["a token of the cluster"] = ("PodsAreRestricted", "be", m => m.Named("gateway").Pod.AutomountServiceAccountToken = null),
            ["the machine's network"] = ("PodsAreRestricted", "be", m => m.Named("silo").Pod.HostNetwork = true),
            ["the machine's files"] = ("PodsAreRestricted", "be", m => m.Named("silo").Pod.Volumes[0].HostPath = new() { Path = "/" }),
            ["any pod in the namespace"] = ("PodsAreRestricted", "all-in-one",
                m => m.Namespace.Metadata.Labels.Remove("pod-security.kubernetes.io/enforce")),
            ["latest"] = ("ImagesArePinned", "be", m => Container(m, "silo").Image = "registry.example/crossbordersoc/silo:latest"),
            ["no tag"] = ("ImagesArePinned", "be", m => Container(m, "redis").Image = "valkey"),
            ["a Secret"] = ("SecretsAreElsewhere", "be", m => m.All.Add(new V1Secret { Metadata = new() { Name = "store" } })),
            ["a password in the environment"] = ("SecretsAreElsewhere", "be",
                m => Container(m, "silo").Env.Add(new() { Name = "Cluster__Redis", Value = "redis:6379,password=x" })),
            ["a password in a ConfigMap"] = ("SecretsAreElsewhere", "be", m => m.Of<V1ConfigMap>().First().Data["x"] = "requirepass x"),
            ["a selector of nothing"] = ("SelectorsSelect", "be", m => m.Named("silo").Labels["app.kubernetes.io/component"] = "sil"),
            ["a selector of everything"] = ("SelectorsSelect", "be",
                m => m.Of<V1Deployment>("gateway").Spec.Selector.MatchLabels.Remove("app.kubernetes.io/component")),
            ["a policy of no pod"] = ("SelectorsSelect", "be",
                m => m.Of<V1NetworkPolicy>("redis").Spec.PodSelector.MatchLabels["app.kubernetes.io/component"] = "rediss"),
            ["an autoscaler of nothing"] = ("SelectorsSelect", "be",
                m => m.Of<V2HorizontalPodAutoscaler>("silo").Spec.ScaleTargetRef.Kind = "Deployment"),
            ["an autoscaler of KEDA of nothing"] = ("SelectorsSelect", "fr-keda", m => m.Of<ScaledObject>("silo").Spec.ScaleTargetRef.Name = "silos"),
            ["no governing service"] = ("SelectorsSelect", "be", m => m.All.RemoveAll(one => one is V1Service { Metadata.Name: "redis" })),
            ["a service to no port"] = ("ServicesLeadToPorts", "be", m => m.Of<V1Service>("gateway").Spec.Ports[0].TargetPort = "http"),
            ["a service to nobody"] = ("ServicesLeadToPorts", "be",
                m => m.Of<V1Service>("gateway").Spec.Selector["app.kubernetes.io/component"] = "edge"),
            ["no volume"] = ("VolumesAreMounted", "be", m => m.Named("silo").Pod.Volumes.RemoveAt(0)),
            ["a volume for nothing"] = ("VolumesAreMounted", "be", m => m.Named("gateway").Pod.Volumes.Add(new() { Name = "spare" })),
            ["a secret that may be written"] = ("VolumesAreMounted", "be", m => Container(m, "silo").VolumeMounts[1].ReadOnlyProperty = null),
            ["more pods than certificates"] = ("EveryPodHasItsCertificate", "fr-certificates",
                m => m.Of<V2HorizontalPodAutoscaler>("silo").Spec.MaxReplicas = 5),
            ["a certificate of another home"] = ("EveryPodHasItsCertificate", "fr-certificates",
                m => m.Of<Certificate>("silo-1").Spec.Uris[1] = "urn:crossbordersoc:home:DE"),
            ["a certificate without EU"] = ("EveryPodHasItsCertificate", "hub-certificates", m => m.Of<Certificate>("silo-1").Spec.Uris.RemoveAt(2)),
            ["a Redis that may be a node"] = ("EveryPodHasItsCertificate", "fr-certificates",
                m => m.Of<Certificate>("redis").Spec.Usages.Add("client auth")),
            ["a certificate in another file"] = ("EveryPodHasItsCertificate", "fr-certificates",
                m => m.Named("silo").Pod.Volumes.Single(one => one.Name == "tls").Projected.Sources[2].Secret.Items[0].Path = "silo-3.pem"),
            ["a setting that nobody knows"] = ("EverySettingIsKnown", "be",
                m => Container(m, "gateway").Env.Add(new() { Name = "Gateway__Grcp", Value = "x" })),
            ["a name before it is there"] = ("EverySettingIsKnown", "be",
                m => Container(m, "silo").Env.Insert(0, new() { Name = "Tls__Key", Value = "$(POD_NAME)" })),
            ["a setting that the node refuses"] = ("EveryNodeIsWhatItShallBe", "be",
                m => Container(m, "silo").Env.Add(new() { Name = "Cluster__Port", Value = "1" })),
            ["a gateway with a store"] = ("EveryNodeIsWhatItShallBe", "be",
                m => Container(m, "gateway").Env.Add(new() { Name = "Stores__BE__Embedded", Value = "/data" })),
            ["a gateway with a home"] = ("EveryNodeIsWhatItShallBe", "be", m => Variable(m, "gateway", "Node__Homes").Value = "BE"),
            ["loopback"] = ("EveryNodeIsWhatItShallBe", "be", m => Variable(m, "silo", "Cluster__SiloEndpoint").Value = "127.0.0.1:11111"),
            ["one name in two states"] = ("EveryNodeIsWhatItShallBe", "be", m => Variable(m, "silo", "Node__Name").Value = "$(POD_NAME)"),
            ["no proof"] = ("EveryNodeIsWhatItShallBe", "be",
                m => Container(m, "silo").Env = [.. Container(m, "silo").Env.Where(one => !one.Name.StartsWith("Tls__", StringComparison.Ordinal))]),
            ["another home than said"] = ("EveryNodeIsWhatItShallBe", "be", m => Variable(m, "silo", "Node__Homes").Value = "DE"),
            ["a pilot without its volume"] = ("EveryNodeIsWhatItShallBe", "all-in-one", m => Container(m, "node").Args[1] = "/tmp"),
            ["once a second"] = ("RedisKeepsWhatItAcknowledges", "be",
                m => RedisMap(m)["redis.conf"] = RedisMap(m)["redis.conf"].Replace("always", "everysec", StringComparison.Ordinal)),
            ["in clear"] = ("RedisKeepsWhatItAcknowledges", "hub",
                m => RedisMap(m)["redis.conf"] = RedisMap(m)["redis.conf"].Replace("\nport 0", "\nport 6379", StringComparison.Ordinal)),
        };

    private static V1Container Container(Manifests manifests, string workload) => manifests.Named(workload).Pod.Containers.Single();

    private static V1EnvVar Variable(Manifests manifests, string workload, string name) =>
        Container(manifests, workload).Env.Single(one => one.Name == name);

    private static IDictionary<string, string> RedisMap(Manifests manifests) =>
        manifests.Of<V1ConfigMap>().Single(map => map.Metadata.Name.StartsWith("redis", StringComparison.Ordinal)).Data;
}
