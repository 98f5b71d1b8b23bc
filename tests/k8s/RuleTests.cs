using CrossBorderSoc.Tests.K8s.Rules;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>Every overlay keeps every rule.</summary>
public sealed class RuleTests
{
    public static TheoryData<string, string> OverlaysAndRules =>
        [.. from overlay in Overlays.All from rule in AllRules.ByName.Keys select (overlay, rule)];

    [Theory]
    [MemberData(nameof(OverlaysAndRules))]
    public void Overlay_Rule_IsKept(string overlay, string rule) =>
        AllRules.ByName[rule](Overlays.Load(overlay)).ShouldBeEmpty();

    [Fact]
    public void States_OfOneGrid_ShareNoName()
    {
        var names = from state in (string[])["hub", "be", "de", "fr"]
                    let manifests = Overlays.Load(state)
                    from workload in manifests.Workloads.Where(workload => workload.IsNode)
                    select NameOf(manifests, workload);
        names.ShouldBeUnique();

        static string NameOf(Manifests manifests, Workload workload)
        {
            using var pod = new PodFiles(manifests, workload, []);
            return pod.Settings().Name;
        }
    }
}
