using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Embedded.Engine;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What follows a write of which nobody knows whether it is on disk.</summary>
public sealed class EmbeddedHealingTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private readonly TempDirectory directory = new();
    private readonly ConcurrentQueue<string?> outages = new();
    private readonly ConcurrentQueue<Exception> damages = new();
    private EmbeddedStore store = null!;
    private Action fault = () => { };

    public ValueTask InitializeAsync()
    {
        store = EmbeddedStore.Open(new()
        {
            Directory = directory.Path,
            Homes = [Be],
            Census = new FragmentCensus(),
            OnOutage = outages.Enqueue,
            OnDamage = damages.Enqueue,
            Tuning = new() { HealAfter = TimeSpan.FromMilliseconds(20), AfterWrite = _ => fault() },
        });
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await directory.DisposeAsync();
    }

    [Fact]
    public async Task Commit_FailedButDurable_WakesWhoWaitsForIt()
    {
        var wait = store[Be].WaitForHead(0, default);
        await FailOnce(new IOException("unknown outcome"));
        await wait.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        store[Be].Head.ShouldBe(1);
        (await store[Be].Commit(Batch("a", Say(1, "one")), default)).Fates.ShouldBe([ItemFate.Duplicate]);
    }

    [Fact]
    public async Task Outage_IsToldOnceAndOnceMoreWhenItIsOver()
    {
        (await FailOnce(new IOException("unknown outcome"))).CannotWrite.ShouldBeTrue();
        await Eventually.Holds(() => outages.Count == 2, "the end of the outage is told");
        outages.ShouldBe(["unknown outcome", null]);
        damages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Heal_FindsDamage_TellsItOnceAndNamesIt()
    {
        var current = Path.Combine(directory.Path, "store", "CURRENT");
        await FailOnce(new IOException("unknown outcome"), () => File.Delete(current));
        await Eventually.Holds(() => !damages.IsEmpty, "damage is told");
        var refusal = await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await store[Be].Commit(Batch("a", Say(2, "two")), default));
        refusal.Message.ShouldContain(current);
        await Eventually.StaysSo(() => damages.Count == 1, "damage is told once");
        damages.Single().ShouldBeOfType<StoreDamagedException>().Message.ShouldContain(current);
    }

    [Fact]
    public void Reopen_DiskCannotServe_ReadsGoOn()
    {
        var path = Path.Combine(directory.Path, "another");
        StoreTuning tuning = new();
        using var live = new LiveDatabase(Database.Create(path, tuning), damages.Enqueue);
        live.Use(1, (database, _) =>
        {
            database.WriteDerived(Family.Meta, [1], [2]);
            return true;
        });
        Should.Throw<StoreUnavailableException>(() => live.Reopen(
            () => throw new StoreUnavailableException("No space left on device"), () => Database.OpenReadOnly(path, tuning)));
        live.Use(1, (database, _) => database.Get(Family.Meta, [1])).ShouldBe([2]);
        Should.Throw<StoreUnavailableException>(() => live.Use(1, (database, _) =>
        {
            database.WriteDerived(Family.Meta, [1], [3]);
            return true;
        }));
        live.Reopen(() => Database.Open(path, tuning), () => throw new InvalidOperationException("not asked for"));
        live.Use(1, (database, _) => database.Get(Family.Meta, [1])).ShouldBe([2]);
        damages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("IO error: No space left on device: While appending to file: /data/000012.sst", true)]
    [InlineData("IO error: While fsync: /data/000012.log: Disk quota exceeded", true)]
    [InlineData("IO error: While open a file for appending: /data/000013.log: Read-only file system", true)]
    [InlineData("IO error: While pread: /data/000012.sst: Input/output error", false)]
    [InlineData("Corruption: block checksum mismatch in /data/000012.sst", false)]
    public void IsOutage_TellsADiskThatCannotServeFromOneThatLostSomething(string message, bool isOutage) =>
        DiskErrors.IsOutage(new IOException(message)).ShouldBe(isOutage);

    private async Task<StoreUnavailableException> FailOnce(Exception failure, Action? also = null)
    {
        fault = () =>
        {
            fault = () => { };
            also?.Invoke();
            throw failure;
        };
        return await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await store[Be].Commit(Batch("a", Say(1, "one")), default));
    }
}
