using k8s;
using k8s.Models;

namespace CrossBorderSoc.Tests.K8s;

// Of kinds that the client's models lack: the fields that our manifests use, and no others.
#pragma warning disable CA2227, CA1002, MA0016, MA0048

internal sealed class Certificate : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public CertificateSpec Spec { get; set; } = new();
}

internal sealed class CertificateSpec
{
    public string SecretName { get; set; } = "";
    public List<string> Uris { get; set; } = [];
    public List<string> DnsNames { get; set; } = [];
    public List<string> Usages { get; set; } = [];
    public string Duration { get; set; } = "";
    public string RenewBefore { get; set; } = "";
    public CertificateKey PrivateKey { get; set; } = new();
    public CertificateIssuer IssuerRef { get; set; } = new();
}

internal sealed class CertificateKey
{
    public string Algorithm { get; set; } = "";
    public int Size { get; set; }
    public string Encoding { get; set; } = "";
    public string RotationPolicy { get; set; } = "";
}

internal sealed class CertificateIssuer
{
    public string Group { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
}

internal sealed class ScaledObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public ScaledObjectSpec Spec { get; set; } = new();
}

internal sealed class ScaledObjectSpec
{
    public V2CrossVersionObjectReference ScaleTargetRef { get; set; } = new();
    public int MinReplicaCount { get; set; }
    public int MaxReplicaCount { get; set; }
    public ScaledObjectAdvanced Advanced { get; set; } = new();
    public List<ScaledObjectTrigger> Triggers { get; set; } = [];
}

internal sealed class ScaledObjectAdvanced
{
    public ScaledObjectAutoscaler HorizontalPodAutoscalerConfig { get; set; } = new();
}

internal sealed class ScaledObjectAutoscaler
{
    public V2HorizontalPodAutoscalerBehavior Behavior { get; set; } = new();
}

internal sealed class ScaledObjectTrigger
{
    public string Type { get; set; } = "";
    public string MetricType { get; set; } = "";
    public Dictionary<string, string> Metadata { get; set; } = [];
}
