using System.Collections.Concurrent;
using System.Diagnostics;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>A full disk: nothing is acknowledged that is not durable, and commits succeed again when there is room, without a restart.</summary>
public sealed class EmbeddedFullDiskTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private readonly TempDirectory mount = new();
    private readonly List<int> acknowledged = [];
    private readonly ConcurrentQueue<Exception> damages = new();
    private readonly ConcurrentQueue<string?> outages = new();
    private bool mounted;
    private int next;

    public ValueTask InitializeAsync()
    {
        mounted = Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", mount.Path);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (mounted) Run("umount", mount.Path);
        await mount.DisposeAsync();
    }

    [Fact]
    public async Task Commit_DiskIsFull_AcknowledgesNothingAndRecoversWithRoom()
    {
        if (!mounted) Assert.Skip("Needs the right to mount a small file system.");
        await using (var store = Open())
        {
            await CommitUntil(store, failures: 0, successes: 5);
            var ballast = Fill();
            var refusal = await CommitUntil(store, failures: 1, successes: int.MaxValue);
            refusal.ShouldNotBeNull().Message.ShouldContain("space", Case.Insensitive);
            (await CommitUntil(store, failures: 3, successes: int.MaxValue)).ShouldNotBeNull();
            (await store[Be].ReadRows(SubjectFamily.Indicator, Subject("s"), 0, 1, default)).Count.ShouldBe(1);
            File.Delete(ballast);
            await CommitUntil(store, failures: int.MaxValue, successes: 5);
            await HasEverything(store);
        }

        await using var again = Open();
        await HasEverything(again);
    }

    [Fact]
    public async Task Heal_RoomForLessThanTheLog_WaitsAndReadsGoOn()
    {
        if (!mounted) Assert.Skip("Needs the right to mount a small file system.");
        await using var store = Open(new()
        {
            HealAfter = TimeSpan.FromMilliseconds(50),
            WriteBufferBytes = 32 << 20,
            LogBytesMax = 128 << 20,
        });
        await CommitUntil(store, failures: 0, successes: 400);
        var ballast = Fill();
        (await CommitUntil(store, failures: 1, successes: int.MaxValue)).ShouldNotBeNull().CannotWrite.ShouldBeTrue();
        // More than the store asks for beside its log, and less than the log needs when it is replayed.
        using (var file = new FileStream(ballast, FileMode.Open)) file.SetLength(file.Length - (9 << 20));
        var limit = Stopwatch.StartNew();
        while (!(await CommitUntil(store, failures: 1, successes: int.MaxValue))!.Message.Contains("waits for room", StringComparison.Ordinal))
            limit.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), "it never asked for room");
        (await store[Be].ReadRows(SubjectFamily.Indicator, Subject("s"), 0, int.MaxValue, default)).Count.ShouldBeGreaterThan(0);
        File.Delete(ballast);
        await CommitUntil(store, failures: int.MaxValue, successes: 5);
        await HasEverything(store);
        damages.ShouldBeEmpty();
        outages.Count.ShouldBe(2, "the outage is told once, and once more when it is over");
    }

    private async Task HasEverything(EmbeddedStore store)
    {
        foreach (var id in acknowledged)
            (await store[Be].Commit(Batch("a", One(id)), default)).Fates.ShouldBe([ItemFate.Duplicate]);
        var fragments = 0;
        for (var after = 0L; await store[Be].ReadRows(SubjectFamily.Indicator, Subject("s"), after, 100, default) is { Count: > 0 } rows;)
            (fragments, after) = (fragments + rows.Sum(row => row.Fragments.Count), rows[^1].Position);
        fragments.ShouldBe((int)store[Be].Head);
    }

    // A failed batch is sent again until it is in, as a client does.
    private async Task<StoreUnavailableException?> CommitUntil(EmbeddedStore store, int failures, int successes)
    {
        StoreUnavailableException? last = null;
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                var receipt = await store[Be].Commit(Batch("a", One(next)), default);
                receipt.Fates.Single().ShouldBeOneOf(ItemFate.Accepted, ItemFate.Duplicate);
                acknowledged.Add(next++);
                if (--successes == 0) return last;
            }
            catch (StoreUnavailableException refusal)
            {
                last = refusal;
                if (--failures == 0) return last;
            }
        }

        throw new TimeoutException($"Neither the failures nor the successes came within a minute; the last refusal: {last?.Message}");
    }

    private static Said One(int id) => Say(id, $"{id} " + new string((char)('a' + id % 26), 20_000), "s");

    /// <summary>Leaves no room on the file system.</summary>
    private string Fill()
    {
        var path = Path.Combine(mount.Path, "ballast");
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (; ; ) file.Write(new byte[64 << 10]);
        }
        catch (IOException)
        {
            return path;
        }
    }

    private EmbeddedStore Open(StoreTuning? tuning = null) => EmbeddedStore.Open(new EmbeddedStoreOptions
    {
        Directory = Path.Combine(mount.Path, "data"),
        Homes = [Be],
        Census = new FragmentCensus(),
        OnDamage = damages.Enqueue,
        OnOutage = outages.Enqueue,
        Tuning = tuning ?? new() { HealAfter = TimeSpan.FromMilliseconds(50), WriteBufferBytes = 1 << 20, LogBytesMax = 4 << 20 },
    });

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
