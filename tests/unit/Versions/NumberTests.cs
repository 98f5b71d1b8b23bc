using System.Reflection;
using CrossBorderSoc.Tests.Unit.House;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>Numbers and names that are stored or sent: none that was ever used is given up, or means something else.</summary>
public sealed class NumberTests
{
    [Fact]
    public void Enumerations_Numbers_AreAsKept() => HoldsTo("numbers.txt",
        from type in Messages.Assemblies.SelectMany(assembly => assembly.GetTypes())
        where type.IsEnum && type.Namespace?.StartsWith("CrossBorderSoc.", StringComparison.Ordinal) == true && IsKept(type)
        from name in Enum.GetNames(type)
        select $"{type.FullName![15..].Replace('+', '.')}.{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");

    [Fact]
    public void Actors_Methods_AreAsKept() => HoldsTo("methods.txt",
        from type in Messages.Assemblies.SelectMany(assembly => assembly.GetTypes())
        where type.IsInterface && typeof(IGrain).IsAssignableFrom(type)
        from method in type.GetMethods()
        let takes = string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))
        select $"{AliasOf(type)}.{AliasOf(method)}({takes}) {NameOf(method.ReturnType)}");

    // Lines are only ever added: an older node asks with what is written there.
    private static void HoldsTo(string file, IEnumerable<string> now)
    {
        var path = Path.Combine(KeptFile.Root, file);
        string[] kept = File.Exists(path) ? File.ReadAllLines(path) : [];
        var all = now.Order(StringComparer.Ordinal).ToArray();
        kept.Except(all).ShouldBeEmpty($"{file} keeps these. {RecordTests.Advice}");
        if (KeptFile.WriteFor is not null) File.WriteAllText(path, string.Join('\n', all) + "\n");
        else all.Except(kept).ShouldBeEmpty($"{file} lacks these. {RecordTests.Advice}");
    }

    // What is only ever in memory does not count.
    private static bool IsKept(Type type) => type.Assembly == Messages.Assemblies[0]
        || type.Namespace is "CrossBorderSoc.Grains.Ledger" or "CrossBorderSoc.Silo.Storage" or "CrossBorderSoc.Silo.Embedded.Format"
            or "CrossBorderSoc.Silo.Embedded.Engine";

    private static string AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias
        ?? throw new ShouldAssertException($"{member.DeclaringType?.Name}.{member.Name} has no alias: it would travel by a name that may change.");

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>"
        : type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.Name;
}
