using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>Fields that do not exist, and fields that are missing; of the kinds of cert-manager and KEDA, too.</summary>
public sealed class FieldTests
{
    private static readonly Lazy<string> Checker = new(Install);

    public static TheoryData<string> Names => [.. Overlays.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Overlay_Schemas_AreKept(string overlay) => Check(Overlays.Load(overlay).Text).ShouldBeEmpty();

    [Theory]
    [InlineData("be", "- mountPath: /run/identities/secrets\n", "- subPathExpr: x\n", "StatefulSet silo")]
    [InlineData("be", "    name: grpc\n    port: 5081\n", "    name: grpc\n", "Service gateway")]
    [InlineData("be", "  maxReplicas: 4\n", "", "HorizontalPodAutoscaler silo")]
    [InlineData("be", "  maxReplicas: 4\n", "  maxReplicas: four\n", "HorizontalPodAutoscaler silo")]
    [InlineData("fr-certificates", "  secretName: silo-2-tls\n", "", "Certificate silo-2")]
    [InlineData("fr-keda", "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: StatefulSet\n    name: silo\n", "", "ScaledObject silo")]
    public void Field_MissingOrOfAnotherType_IsFound(string overlay, string field, string other, string found)
    {
        var text = Overlays.Load(overlay).Text;
        text.ShouldContain(field);
        Check(text.Replace(field, other, StringComparison.Ordinal)).ShouldContain(found);
    }

    [Theory]
    [InlineData("be", "terminationGracePeriodSeconds:", "terminationGraceSeconds:")]
    [InlineData("be", "readOnlyRootFilesystem:", "readOnlyRootFileSystem:")]
    [InlineData("be", "stabilizationWindowSeconds:", "stabilisationWindowSeconds:")]
    [InlineData("fr-certificates", "rotationPolicy:", "rotation:")]
    [InlineData("fr-keda", "minReplicaCount:", "minReplicas:")]
    [InlineData("hub", "kind: NetworkPolicy", "kind: NetworkPolicies")]
    public void Field_ThatDoesNotExist_IsFound(string overlay, string field, string other)
    {
        var text = Overlays.Load(overlay).Text;
        text.ShouldContain(field);
        Should.Throw<Exception>(() => Manifests.Read(overlay, text.Replace(field, other, StringComparison.Ordinal)));
    }

    private static string Check(string text)
    {
        var (code, output, errors) = Command.Try(Checker.Value, text, "node", "check.js")
            ?? throw new InvalidOperationException("node is not installed.");
        errors.ShouldBeEmpty();
        (code == 0).ShouldBe(output.Length == 0);
        return output;
    }

    private static string Install()
    {
        var folder = Path.Combine(Repository.Root, "tests", "k8s", "fields");
        Command.Run(folder, "npm", "ci", "--loglevel=error");
        return folder;
    }
}
