using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Shouldly;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>Holds the arrows of the design (8) in the compiled code, where no project file hides anything.</summary>
public sealed class ArrowTests
{
    private const string Disclosure = "CrossBorderSoc.Grains.Disclosure";

    // What each assembly's code may not use, by the beginning of a type's full name.
    private static readonly Dictionary<string, string[]> Forbidden = new()
    {
        ["CrossBorderSoc.Contracts"] =
            ["CrossBorderSoc.Grains", "CrossBorderSoc.Silo", "CrossBorderSoc.Gateway", "CrossBorderSoc.V1",
            "Google.Protobuf", "Grpc.", "Microsoft.AspNetCore", "System.Net.Http", "RocksDbSharp"],
        ["CrossBorderSoc.Grains"] =
            ["CrossBorderSoc.Silo", "CrossBorderSoc.Gateway", "CrossBorderSoc.Client", "CrossBorderSoc.V1",
            "Google.Protobuf", "Grpc.", "Microsoft.AspNetCore", "System.Net.Http", "RocksDbSharp", "StackExchange."],
        ["CrossBorderSoc.Gateway"] =
            ["CrossBorderSoc.Grains", "CrossBorderSoc.Silo", "CrossBorderSoc.Client", "RocksDbSharp", "StackExchange."],
        ["CrossBorderSoc.Client"] =
            ["CrossBorderSoc.Grains", "CrossBorderSoc.Silo", "CrossBorderSoc.Gateway", "Orleans."],
        ["socgrid"] = ["CrossBorderSoc.Grains", "CrossBorderSoc.Silo", "CrossBorderSoc.Gateway", "Orleans."],
        ["CrossBorderSoc.Tests.Model"] =
            ["CrossBorderSoc.Contracts", "CrossBorderSoc.Grains", "CrossBorderSoc.Silo", "CrossBorderSoc.Gateway",
            "CrossBorderSoc.Client", "CrossBorderSoc.V1", "Orleans."],
    };

    private static readonly Lazy<Architecture> Code = new(() => new ArchLoader().LoadAssemblies(
        [.. Forbidden.Keys.Append("CrossBorderSoc.Silo").Select(Load)]).Build());

    [Theory]
    [InlineData("CrossBorderSoc.Contracts")]
    [InlineData("CrossBorderSoc.Grains")]
    [InlineData("CrossBorderSoc.Gateway")]
    [InlineData("CrossBorderSoc.Client")]
    [InlineData("socgrid")]
    [InlineData("CrossBorderSoc.Tests.Model")]
    public void Assembly_Code_UsesNothingForbidden(string assembly)
    {
        Uses(type => type.Assembly.Name.Split(',')[0] == assembly && !IsGenerated(type),
            target => Forbidden[assembly].Any(start => target.FullName.StartsWith(start, Ordinal)))
            .ShouldBeNone($"{assembly} keeps to its arrows");
    }

    [Fact]
    public void Disclosure_Code_KnowsNoOrleans() =>
        Uses(IsDisclosure, target => target.FullName.StartsWith("Orleans", Ordinal))
            .ShouldBeNone("disclosure knows no Orleans");

    [Fact]
    public void Compartments_Knowledge_IsReadByDiscloseOnly() =>
        Calls(
            caller: member => !member.FullName.Contains(Disclosure + ".Compartmented`1::Disclose(", Ordinal)
                && !member.Name.Contains("DiscloseInto(", Ordinal),
            callee: member => IsDisclosure(member.DeclaringType) && member.Name.Contains("DiscloseInto(", Ordinal))
        .ShouldBeNone("only Compartmented<T>.Disclose reads a compartment");

    [Fact]
    public void Knowledge_OutsideDisclosure_IsNeverTouched() =>
        Calls(
            caller: member => !IsDisclosure(member.DeclaringType),
            callee: member => IsKnowledge(member.DeclaringType))
        .ShouldBeNone("what a compartment holds is made and used within grains/Disclosure only");

    [Fact]
    public void Compartmented_Members_OneReaderAndNoOther()
    {
        var compartmented = Load("CrossBorderSoc.Grains").GetType(Disclosure + ".Compartmented`1", throwOnError: true)!;
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        compartmented.GetFields(all).ShouldAllBe(field => field.IsPrivate);
        compartmented.GetNestedTypes(all).ShouldAllBe(type => type.IsNestedPrivate);
        compartmented.GetProperties(all).ShouldBeEmpty();
        // Write and Read are the snapshot's opaque bytes; MarkingsOf tells an owner of that owner's markings; IsDisclosed tells
        // whether Disclose would give anything.
        compartmented.GetMethods(all).Where(method => !method.IsPrivate).Select(method => method.Name)
            .ShouldBe(["Add", "Merge", "MarkingsOf", "Write", "Read", "Disclose", "IsDisclosed"], ignoreOrder: true);
    }

    private static System.Reflection.Assembly Load(string name) => System.Reflection.Assembly.Load(name);

    private static IEnumerable<string> Calls(Func<MethodMember, bool> caller, Func<MethodMember, bool> callee) =>
        (from type in Code.Value.Types
         from member in type.GetMethodMembers().Where(caller)
         from call in member.Dependencies.OfType<MethodCallDependency>()
         where call.TargetMember is MethodMember target && callee(target)
         select $"{member.FullName} calls {call.TargetMember.FullName}").Distinct();

    private static IEnumerable<string> Uses(Func<IType, bool> who, Func<IType, bool> what) =>
        (from type in Code.Value.Types.Where(who)
         from target in type.Dependencies.Select(dependency => dependency.Target)
         where what(target)
         select $"{type.FullName} uses {target.FullName}").Distinct();

    private static bool IsDisclosure(IType type) =>
        type.FullName.StartsWith(Disclosure + ".", Ordinal);

    private static bool IsKnowledge(IType type) => type is Class known && IsDisclosure(known)
        && known.ImplementedInterfaces.Any(i => i.FullName.StartsWith(Disclosure + ".IKnowledge`1", Ordinal));

    private static bool IsGenerated(IType type) => type.FullName.StartsWith("OrleansCodeGen", Ordinal);
}
