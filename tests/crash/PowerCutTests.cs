using System.Collections.Concurrent;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Crash;

/// <summary>
/// The law: whatever the instant of a power cut, every acknowledged sighting is there, once, and nothing is half done. The store is
/// rebuilt from synced bytes, and what the cut may or may not leave of the rest, at many points of a recording.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int Cuts = 1_000;
    private const int Seed = 20_261_122;

    [Fact]
    public async Task PowerCut_AtAThousandPoints_LosesNothingAcknowledged()
    {
        using var recording = Recording.Make(batches: 60, sessions: 3, sync: true);
        var faults = await FaultsOf(recording, Cuts);
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(10)));
    }

    [Fact]
    public async Task PowerCut_WithoutSync_IsFoundToLose()
    {
        using var recording = Recording.Make(batches: 60, sessions: 1, sync: false);
        var faults = await FaultsOf(recording, 40);
        faults.ShouldNotBeEmpty("Nothing was lost without a sync: the test has no power.");
    }

    private async Task<List<string>> FaultsOf(Recording recording, int cuts)
    {
        var operations = recording.Operations;
        output.WriteLine($"{operations.Count} operations: {string.Join(", ", operations.GroupBy(operation => operation.Kind)
            .Select(group => $"{group.Count()} {group.Key}"))}");
        var disk = new Disk(operations, recording.Root);
        var faults = new ConcurrentBag<string>();
        var checks = new List<Task>();
        foreach (var (cut, number) in CutPoints(operations, cuts).Select((cut, number) => (cut, number)))
        {
            var chance = new Random(Seed + number);
            var data = (UnsyncedData)chance.Next(4);
            var names = (UnsyncedNames)chance.Next(3);
            disk.Advance(cut);
            var directory = Path.Combine(recording.Scratch, $"cut {number}");
            disk.Rebuild(directory, chance, data, names);
            var acknowledged = disk.Acknowledged();
            checks.Add(Task.Run(async () =>
            {
                if (await StoreCheck.Fault(directory, acknowledged) is { } fault)
                    faults.Add($"cut {cut} (number {number}), data {data}, names {names}: {fault}");
                Directory.Delete(directory, recursive: true);
            }));
            if (checks.Count == Environment.ProcessorCount) checks.Remove(await Task.WhenAny(checks));
        }

        await Task.WhenAll(checks);
        return [.. faults.Order(StringComparer.Ordinal)];
    }

    // Half of the points anywhere, half within three operations of a sync, a flush's or a compaction's file, a rename.
    private static List<int> CutPoints(List<Operation> operations, int count)
    {
        var chance = new Random(Seed);
        var turning = Enumerable.Range(0, operations.Count).Where(i => operations[i].IsTurningPoint).ToList();
        return [.. Enumerable.Range(0, count).Select(i => i % 2 == 0
            ? chance.Next(operations.Count + 1)
            : Math.Clamp(turning[chance.Next(turning.Count)] + chance.Next(-3, 4), 0, operations.Count)).Order()];
    }
}
