using System.Collections.Concurrent;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>SIGKILL of the server while two nodes commit: nothing acknowledged is lost, nothing is doubled.</summary>
public sealed class KillTests(RedisProcess redis) : IClassFixture<RedisProcess>
{
    private const int Kills = 4;
    private const int Producers = 6;
    private static readonly Home Be = new("BE");

    [Fact]
    public async Task Kill_UnderConcurrentCommits_LosesNothingAndDoublesNothing()
    {
        // One node asks again until it knows; the other gives up at once, so that its producers send again.
        await using var patient = await RedisStore.Open(redis.Options(new FragmentCensus()));
        await using var hasty = await RedisStore.Open(redis.Options(new FragmentCensus()) with
        {
            GiveUpAfter = TimeSpan.Zero,
            Tuning = new() { IdleAfter = TimeSpan.FromMilliseconds(50) },
        });
        using var enough = new CancellationTokenSource();
        var acknowledged = new ConcurrentDictionary<int, CommitReceipt>();
        var producers = Enumerable.Range(0, Producers)
            .Select(p => Task.Run(() => Push((p % 2 == 0 ? patient : hasty)[Be], p, acknowledged, enough.Token))).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Count;
            await Eventually.Holds(() => acknowledged.Count > before + 100, "commits go on");
            redis.Kill();
            await redis.Restart();
        }

        await enough.CancelAsync();
        var pushed = (await Task.WhenAll(producers)).Sum();
        acknowledged.Count.ShouldBe(pushed);
        await using var reader = await RedisStore.Open(redis.Options(new FragmentCensus()));
        await Check(reader[Be], acknowledged);
    }

    // Sends one item after the other, each until it is acknowledged; gives how many.
    private static async Task<int> Push(
        IHomeStore store, int producer, ConcurrentDictionary<int, CommitReceipt> acknowledged, CancellationToken enough)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var pushed = 0;
        while (!enough.IsCancellationRequested)
        {
            var id = pushed++ * Producers + producer;
            while (true)
            {
                try
                {
                    acknowledged[id] = await store.Commit(Batch("a", Say(id, $"item {id}", "hot", $"own {id}")), default);
                    break;
                }
                catch (StoreUnavailableException)
                {
                    await again.WaitForNextTickAsync(CancellationToken.None);
                }
            }
        }

        return pushed;
    }

    private static async Task Check(IHomeStore store, ConcurrentDictionary<int, CommitReceipt> acknowledged)
    {
        var positions = new Dictionary<string, long>();
        long last = 0;
        while (await store.ReadLedger(last, 1 << 18, default) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                record.Position.ShouldBe(++last);
                foreach (var item in record.Items) positions.TryAdd(TextOf(item), record.Position).ShouldBeTrue(TextOf(item) + " is there twice");
            }
        }

        positions.Count.ShouldBe(acknowledged.Count);
        foreach (var (id, receipt) in acknowledged)
        {
            receipt.Fates[0].ShouldBeOneOf(ItemFate.Accepted, ItemFate.Duplicate);
            if (receipt.Fates[0] == ItemFate.Accepted) positions[$"item {id}"].ShouldBe(receipt.Position);
            else positions.ShouldContainKey($"item {id}");
        }

        var rows = new List<Row>();
        while (await Next() is { Count: > 0 } some) rows.AddRange(some);
        var told = rows.SelectMany(row => row.Fragments).ToDictionary(TextOf, fragment => fragment.RecordPosition);
        told.Count.ShouldBe(positions.Count);
        foreach (var (text, position) in told) position.ShouldBe(positions[text]);

        ValueTask<IReadOnlyList<Row>> Next() =>
            store.ReadRows(SubjectFamily.Indicator, Subject("hot"), rows.Count == 0 ? 0 : rows[^1].Position, 500, default);
    }
}
