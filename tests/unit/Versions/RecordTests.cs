using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>Every durable record that an earlier commit wrote is read; what is written now has the form of the newest that is kept.</summary>
public sealed class RecordTests
{
    internal const string Advice = "A changed form needs a reader for the old one, a new version number, and a new file: "
        + "tests/README.md, \"Earlier versions\". Kept files are never changed.";

    private const string Folder = "records";
    private static readonly Lazy<Dictionary<string, Kind>> Kinds =
        new(() => DomainKinds.All.Concat(StoreKinds.All).ToDictionary(kind => kind.Name));

    internal static IEnumerable<Kind> All => Kinds.Value.Values;

    public static TheoryData<string> Names => [.. Kinds.Value.Keys];

    public static TheoryData<string> Versioned => [.. All.Where(kind => kind.IsVersioned).Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Names))]
    public void EveryKeptRecord_ReadNow_IsWhatWasWritten(string name)
    {
        foreach (var kept in KeptFile.All(Folder, name))
            Shown.Differences(kept.Value, Shown.Of(Kinds.Value[name].Read(kept.Bytes)))
                .ShouldBeEmpty($"{name}.{kept.Number}, written by {kept.Commit}. {Advice}");
    }

    [Theory, MemberData(nameof(Names))]
    public void WhatIsWrittenNow_IsTheNewestKept(string name)
    {
        var (kind, newest) = (Kinds.Value[name], KeptFile.Newest(Folder, name));
        var value = Shown.Of(kind.Sample);
        var isKept = newest is not null && !Shown.Differences(value, newest.Value).Concat(Shown.Differences(newest.Value, value)).Any()
            && (!kind.IsStable || newest.Bytes.AsSpan().SequenceEqual(kind.Bytes));
        if (!isKept && KeptFile.WriteFor is not null) KeptFile.Add(Folder, name, value, kind.Bytes);
        else isKept.ShouldBeTrue($"{name} is not written as {(newest is null ? "any file" : $"{name}.{newest.Number}")} keeps it. {Advice}");
    }

    [Theory, MemberData(nameof(Versioned))]
    public void AVersionThatIsNotKnown_IsRefusedAndSaysSo(string name)
    {
        var newer = Kinds.Value[name].Bytes.ToArray();
        newer[0] = 200;
        Should.Throw<InvalidDataException>(() => Kinds.Value[name].Read(newer)).Message.ShouldContain("version");
    }

    [Fact]
    public void KeptFiles_AreOfKindsThatThereAre() =>
        KeptFile.Names(Folder).Select(file => file.Kind).Distinct().ShouldBeSubsetOf(Kinds.Value.Keys,
            "what was ever written is still read. " + Advice);
}
