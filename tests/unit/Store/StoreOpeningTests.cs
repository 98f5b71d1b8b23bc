using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Embedded.Engine;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>A directory that cannot be used says why; an older store opens.</summary>
public sealed class StoreOpeningTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private readonly TempDirectory directory = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => directory.DisposeAsync();

    [Fact]
    public void Take_WhatIsNoDirectory_SaysSoAndNotThatItIsInUse()
    {
        var file = Path.Combine(directory.Path, "file");
        File.WriteAllText(file, "");
        var refusal = Should.Throw<StoreRefusedException>(() => StoreFiles.Take(Path.Combine(file, "data")));
        refusal.Message.ShouldContain("cannot be written");
        refusal.Message.ShouldNotContain("in use");
    }

    [Fact]
    public void Take_LockThatCannotBeOpened_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(directory.Path, "lock"));
        Should.Throw<StoreRefusedException>(() => StoreFiles.Take(directory.Path)).Message.ShouldContain("cannot be written");
    }

    [Fact]
    public async Task Open_StoreOfFormat1_HasEverythingAndIsOfThisFormatFromThenOn()
    {
        await using (var store = Open()) await store[Be].Commit(Batch("a", Say(1, "one")), default);
        var format = Path.Combine(directory.Path, "store", "FORMAT");
        var old = (await File.ReadAllTextAsync(format, TestContext.Current.CancellationToken))
            .Replace("\"version\":3", "\"version\":1", StringComparison.Ordinal);
        old.ShouldContain("\"version\":1");
        await File.WriteAllBytesAsync(format, Encoding.UTF8.GetBytes(old), TestContext.Current.CancellationToken);
        await using (var store = Open()) store[Be].Head.ShouldBe(1);
        FormatDocument.Check(format).ShouldBe(FormatDocument.Version);
    }

    // At 0 and 512 are the synced numbers, which take turns; at 1024 and 1536 those that are not synced.
    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 512)]
    [InlineData(true, 1024, 1536)]
    [InlineData(true, 0, 1024, 1536)]
    [InlineData(false, 0, 512)]
    [InlineData(false, 0, 512, 1024, 1536)]
    public async Task Open_DamagedMark_IsRefusedUnlessASyncedNumberIsLeft(bool opens, params int[] places)
    {
        await using (var store = Open()) await store[Be].Commit(Batch("a", Say(1, "one")), default);
        await using (var store = Open()) await store[Be].Commit(Batch("a", Say(2, "two")), default);
        var mark = Path.Combine(directory.Path, "store", "ACKNOWLEDGED");
        var bytes = await File.ReadAllBytesAsync(mark, TestContext.Current.CancellationToken);
        foreach (var place in places) bytes[place + 7] ^= 0x10;
        await File.WriteAllBytesAsync(mark, bytes, TestContext.Current.CancellationToken);
        if (!opens)
        {
            Should.Throw<StoreDamagedException>(() => Open()).Message.ShouldContain(mark);
            return;
        }

        await using var again = Open();
        again[Be].Head.ShouldBe(2);
    }

    private EmbeddedStore Open() => EmbeddedStore.Open(
        new() { Directory = directory.Path, Homes = [Be], Census = new FragmentCensus() });
}
