namespace CrossBorderSoc.Tests.K8s;

/// <summary>What is rendered: the overlays that are there, and others that an operator would make of the same components.</summary>
internal static class Overlays
{
    private const string State = "redis jurisdiction";

    /// <summary>The name of each.</summary>
    public static readonly string[] All =
        ["all-in-one", "hub", "be", "de", "fr", "fr-certificates", "hub-certificates", "fr-keda", "fr-existing-redis"];

    /// <summary>Renders one.</summary>
    public static Manifests Load(string overlay) => Manifests.Read(overlay, overlay switch
    {
        "all-in-one" or "hub" => Kubectl.Render(Path.Combine(Repository.Manifests, "overlays", overlay)),
        "be" or "de" => Kubectl.Render(Path.Combine(Repository.Manifests, "overlays", "member-state", overlay)),
        "fr" => Copied("be", "fr"),
        "fr-certificates" => Made("fr", "homes=FR", State + " cert-manager cert-manager/redis"),
        "hub-certificates" => Made("hub", "homes=hub,EU", "redis membership jurisdiction cert-manager cert-manager/redis cert-manager/hub"),
        "fr-keda" => Made("fr", "homes=FR", State + " keda"),
        "fr-existing-redis" => Made("fr", "homes=FR, redis=192.0.2.10/32", "external-redis jurisdiction"),
        _ => throw new ArgumentException($"There is no overlay {overlay}.", nameof(overlay)),
    });

    // As docs/kubernetes.md says that a state is added: one file, copied, with another code.
    private static string Copied(string from, string to)
    {
        var file = File.ReadAllText(Path.Combine(Repository.Manifests, "overlays", "member-state", from, "kustomization.yaml"));
        return Render(file.Replace($"-{from}", $"-{to}", StringComparison.Ordinal).Replace($"name={from}", $"name={to}", StringComparison.Ordinal)
            .Replace($"={from.ToUpperInvariant()}", $"={to.ToUpperInvariant()}", StringComparison.Ordinal)
            .Replace("../../../", Up + "k8s/", StringComparison.Ordinal));
    }

    private static string Made(string name, string literals, string components) => Render($"""
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: crossbordersoc-{name}
        resources: [{Up}k8s/base]
        components: [{string.Join(", ", (components + " image").Split(' ').Select(each => $"{Up}k8s/components/{each}"))}]
        configMapGenerator:
          - name: jurisdiction
            literals: [name={name}, home={(name == "hub" ? name : name.ToUpperInvariant())}, {Quoted(literals)}]
        """);

    private static string Quoted(string literals) => string.Join(", ", literals.Split(", ").Select(each => $"\"{each}\""));

    // Below a temporary folder; kustomize takes relative paths only.
    private static string Up => Path.GetRelativePath(Folder(""), Repository.Root) + "/";

    private static string Render(string kustomization)
    {
        var folder = Folder(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(kustomization)))[..16]);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), kustomization.Replace(Up, "../" + Up, StringComparison.Ordinal));
        return Kubectl.Render(folder);
    }

    private static string Folder(string name) => Path.Combine(Scratch.Folder, "overlays", name);
}
