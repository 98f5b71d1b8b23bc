using System.Reflection;
using CrossBorderSoc.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>
/// Every type that travels between nodes: what an earlier commit sent is understood, nothing new goes unkept, and each has what Orleans needs to
/// tolerate added members.
/// </summary>
public sealed class MessageTests : IDisposable
{
    private const string Folder = "messages";
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, Type> Types = Messages.Types.ToDictionary(AliasOf);
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<string> Aliases => [.. Types.Keys];

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public void Dispose() => _services.Dispose();

    [Theory, MemberData(nameof(Aliases))]
    public void EveryKeptMessage_ReceivedNow_IsWhatWasSent(string alias)
    {
        foreach (var kept in KeptFile.All(Folder, alias))
        {
            var read = Serializer.Deserialize<object>(kept.Bytes);
            read.ShouldBeOfType(Types[alias]);
            Shown.Differences(kept.Value, Shown.Of(read)).ShouldBeEmpty($"{alias}.{kept.Number}, sent by {kept.Commit}. {RecordTests.Advice}");
        }
    }

    [Theory, MemberData(nameof(Aliases))]
    public void WhatIsSentNow_IsTheNewestKept(string alias)
    {
        var (value, newest) = (Messages.Example(Types[alias]), KeptFile.Newest(Folder, alias));
        var (shown, bytes) = (Shown.Of(value), Serializer.SerializeToArray<object>(value));
        var isKept = newest is not null && !Shown.Differences(shown, newest.Value).Concat(Shown.Differences(newest.Value, shown)).Any();
        if (!isKept && KeptFile.WriteFor is not null) KeptFile.Add(Folder, alias, shown, bytes);
        else isKept.ShouldBeTrue($"{alias} has members that {(newest is null ? "no file" : $"{alias}.{newest.Number}")} has. {RecordTests.Advice}");
    }

    [Fact]
    public void KeptFiles_AreOfMessagesThatThereAre() =>
        KeptFile.Names(Folder).Select(file => file.Kind).Distinct().ShouldBeSubsetOf(Types.Keys, "an alias is never given up");

    [Fact]
    public void AMessageThatIsNotKnown_IsRefused()
    {
        var bytes = Serializer.SerializeToArray<object>(new Home("BE"));
        var at = bytes.AsSpan().IndexOf("Home"u8);
        "Hqme"u8.CopyTo(bytes.AsSpan(at));
        Should.Throw<Exception>(() => Serializer.Deserialize<object>(bytes)).ShouldBeAssignableTo<SerializerException>();
    }

    [Fact]
    public void Types_Alias_EveryOneIsItsOwn() =>
        Messages.Types.Where(type => type.GetCustomAttribute<AliasAttribute>() is null).Select(type => type.FullName!)
            .ShouldBeEmpty("without an alias a type travels by its name, which then can never change");

    [Fact]
    public void Members_Id_EveryOneSays() =>
        Messages.Types.SelectMany(type => type.GetFields(Own).Where(field => !field.IsDefined(typeof(NonSerializedAttribute)) && IdOf(field) is null)
            .Select(field => $"{type.Name}.{field.Name}")).ShouldBeEmpty("a member without an identifier is not sent, or moves with its place");

    [Fact]
    public void Members_Id_EachOnce() =>
        Messages.Types.Where(type => type.GetFields(Own).Select(IdOf).OfType<uint>() is var ids && ids.Distinct().Count() != ids.Count())
            .Select(type => type.Name).ShouldBeEmpty("two members with one identifier");

    private static string AliasOf(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.Name;

    private static uint? IdOf(FieldInfo field)
    {
        var property = field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)
            ? field.DeclaringType!.GetProperty(field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)], Own) : null;
        return (property?.GetCustomAttribute<IdAttribute>() ?? field.GetCustomAttribute<IdAttribute>())?.Id;
    }
}
