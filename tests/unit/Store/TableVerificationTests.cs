using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Embedded.Engine;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What is verified in the background after the store has opened.</summary>
public sealed class TableVerificationTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private readonly TempDirectory directory = new();
    private readonly TaskCompletionSource<Exception> damage = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => directory.DisposeAsync();

    [Fact]
    public async Task DamageAfterTheStart_IsToldAndNothingIsReadOrWrittenAnyMore()
    {
        await using (var whole = Open())
        {
            for (var i = 0; i < 60; i++) await whole[Be].Commit(Batch("a", Say(i, $"{i} " + new string('x', 4000), $"s{i % 7}")), default);
        }

        var file = Directory.GetFiles(Path.Combine(directory.Path, "store"), "*.sst")
            .OrderByDescending(path => new FileInfo(path).Length).First();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 3] ^= 0x10;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using (var store = Open())
        {
            var found = await damage.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            found.ShouldBeOfType<StoreDamagedException>().Message.ShouldContain(file);
            await Should.ThrowAsync<StoreUnavailableException>(async () => await store[Be].ReadRecord(1, default));
            await Should.ThrowAsync<StoreUnavailableException>(async () => await store[Be].Commit(Batch("a", Say(99, "new")), default));
        }

        StoreFiles.Take(directory.Path).Dispose();
    }

    [Fact]
    public void FileThatCannotBeRead_IsDamage()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs a file that opens and cannot be read.");
        StoreDamagedException? found = null;
        // Page zero of a process is never mapped: reading it is an input/output error.
        TableVerification.VerifyRest([new("/proc/self/mem", 1, 1, 1)], it => found = it, default);
        found.ShouldNotBeNull().Message.ShouldContain("/proc/self/mem");
    }

    [Fact]
    public async Task FileThatTakesLong_IsLeftWhenTheStoreCloses()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs a file without an end.");
        using var closing = new CancellationTokenSource();
        var verifying = Task.Run(
            () => TableVerification.VerifyRest([new("/dev/zero", 1, 1, 1)], _ => { }, closing.Token), CancellationToken.None);
        await Eventually.StaysSo(() => !verifying.IsCompleted, "it is being read");
        await closing.CancelAsync();
        await verifying.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private EmbeddedStore Open() => EmbeddedStore.Open(new()
    {
        Directory = directory.Path,
        Homes = [Be],
        Census = new FragmentCensus(),
        OnDamage = it => damage.TrySetResult(it),
        Tuning = new() { WriteBufferBytes = 64 << 10, MemtableBytes = 1 << 20, VerifyBeforeOpenBytesMax = 0 },
    });
}
