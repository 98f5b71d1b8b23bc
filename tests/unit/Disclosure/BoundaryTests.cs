using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class BoundaryTests
{
    private const string Folder = "CrossBorderSoc.Grains.Disclosure";
    private static readonly Architecture Grains = new ArchLoader().LoadAssemblies(typeof(Compartment).Assembly).Build();

    [Fact]
    public void Disclosure_KnowsNoOrleansNoStoreNoProtobuf()
    {
        var own = Grains.Types.Where(t => t.Namespace.FullName.StartsWith(Folder, StringComparison.Ordinal)).ToList();
        own.Count.ShouldBeGreaterThan(20);
        own.SelectMany(t => t.Dependencies).Select(d => d.Target.FullName)
            .Where(name => name.StartsWith("Orleans", StringComparison.Ordinal) || name.Contains("Google.Protobuf")
                || name.Contains("RocksDb") || name.Contains("CrossBorderSoc.Grains.Ledger"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void CompartmentsContent_IsReadByDiscloseAlone()
    {
        CallersOf(typeof(IKnowledge<>), "DiscloseInto").ShouldBe(["Compartmented`1.Disclose"]);
        CallersOf(typeof(IKnowledge<>), "Write").ShouldBe(["Compartmented`1.Write"]);
        CallersOf(typeof(Compartmented<>), "Disclose").Select(caller => caller.Split('.')[0]).Distinct()
            .ShouldBe(["ViewDisclosure"]);
    }

    private static List<string> CallersOf(System.Type type, string member) =>
    [
        .. Grains.MethodMembers.Where(m => m.GetMethodCallDependencies().Any(call =>
                call.Target.FullName.StartsWith(type.FullName!, StringComparison.Ordinal)
                && call.TargetMember.Name.StartsWith(member + "(", StringComparison.Ordinal)))
            .Select(m => $"{m.DeclaringType.Name}.{m.Name.Split('(')[0]}").Distinct(),
    ];
}
