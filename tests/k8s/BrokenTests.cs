using CrossBorderSoc.Tests.K8s.Rules;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>Every rule finds what it is for.</summary>
public sealed class BrokenTests
{
    public static TheoryData<string> Names => [.. Broken.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Manifest_BrokenInOnePlace_IsFound(string name)
    {
        var (rule, overlay, @break) = Broken.ByName[name];
        var manifests = Overlays.Load(overlay);
        AllRules.ByName[rule](manifests).ShouldBeEmpty("it is whole before");
        @break(manifests);
        AllRules.ByName[rule](manifests).ShouldNotBeEmpty();
    }

    [Fact]
    public void Rules_All_HaveABrokenManifest() =>
        AllRules.ByName.Keys.Except(Broken.ByName.Values.Select(one => one.Rule)).ShouldBeEmpty();
}
