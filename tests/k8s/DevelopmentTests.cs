using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Peers;
using k8s;
using k8s.Models;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>
/// What <c>k8s/development.sh</c> makes fits the manifests: with it each pod that may be has what it mounts, a certificate that others believe,
/// and the identities of its homes.
/// </summary>
public sealed class DevelopmentTests
{
    private static readonly Lazy<string> Grid = new(Make);

    [Theory]
    [InlineData("hub")]
    [InlineData("be")]
    [InlineData("fr")]
    public void Pods_WithDevelopmentSecrets_HaveAllThatTheyNeed(string overlay)
    {
        var manifests = Overlays.Load(overlay);
        var secrets = Secrets(overlay);
        foreach (var workload in manifests.Workloads)
        {
            using var pod = new PodFiles(manifests, workload, secrets);
            pod.Missing.ShouldBeEmpty(workload.Name);
        }
        foreach (var workload in manifests.Workloads.Where(workload => workload.IsNode))
            for (var at = 0; at < (workload.Kind == "StatefulSet" ? manifests.Most(workload) : 1); at++) Starts(manifests, workload, secrets, at);
    }

    [Fact]
    public void Hub_Secrets_MakeNoTokensForOthers() =>
        Secrets("hub").OfType<V1Secret>().SelectMany(secret => secret.Data.Keys)
            .ShouldNotContain(key => key.Contains("issuer", StringComparison.Ordinal));

    [Fact]
    public void Gateway_Secrets_AreNoHomes()
    {
        var gateway = Overlays.Load("be").Named("gateway");
        var named = gateway.Pod.Volumes.Select(volume => volume.Secret?.SecretName).Concat(
            gateway.Pod.Volumes.SelectMany(volume => volume.Projected?.Sources ?? []).Select(source => source.Secret.Name)).OfType<string>();
        named.ShouldBe(["gateway-tls", "membership", "gateway-keys"], ignoreOrder: true);
        Secrets("be").OfType<V1Secret>().Single(secret => secret.Metadata.Name == "gateway-keys").Data.Keys.ShouldBe(["gateway.pem"]);
    }

    [Fact]
    public void Organisations_HaveTokens_WithoutANode() =>
        File.Exists(Path.Combine(Grid.Value, "dev", "tokens", "nsoc.be.jwt")).ShouldBeTrue();

    private static void Starts(Manifests manifests, Workload workload, List<object> secrets, int at)
    {
        using var pod = new PodFiles(manifests, workload, secrets, $"{workload.Name}-{at}");
        var settings = pod.Settings();
        NodeCertificates.Of(settings, TimeProvider.System).ShouldNotBeNull();
        using var identities = DevelopmentIdentities.Given(settings.Identities, settings.Homes, TimeProvider.System);
        identities.IsIssuer.ShouldBeFalse("it would write tokens where nothing can be written");
    }

    private static List<object> Secrets(string name) =>
        [.. KubernetesYaml.LoadAllFromString(Kubectl.Render(Path.Combine(Grid.Value, name)), typeMap: null, strict: true)];

    private static string Make()
    {
        var grid = Path.Combine(Scratch.Folder, "grid");
        var script = Path.Combine(Repository.Manifests, "development.sh");
        Command.Run(Repository.Root, "bash", script, grid, "hub", Repository.Consortium);
        Command.Run(Repository.Root, "bash", script, grid, "be");
        Command.Run(Repository.Root, "bash", script, grid, "fr");
        return grid;
    }
}
