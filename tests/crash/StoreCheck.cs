using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Tests.Crash.Writer;

namespace CrossBorderSoc.Tests.Crash;

/// <summary>Opens a rebuilt store and says what is wrong with it, or null.</summary>
public static class StoreCheck
{
    public static async Task<string?> Fault(string directory, List<(int Client, int Sequence)> acknowledged)
    {
        try
        {
            await using var store = EmbeddedStore.Open(Workload.Options(directory, sync: false, verifyTables: true));
            var stored = new HashSet<(int, int, int)>();
            foreach (var home in Workload.Homes)
            {
                if (await HomeFault(store[home], stored) is { } fault) return $"{home}: {fault}";
            }

            return Lost(acknowledged, stored) ?? await Recommit(store, acknowledged, stored);
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    private static async Task<string?> HomeFault(IHomeStore home, HashSet<(int, int, int)> stored)
    {
        var inRecords = new HashSet<(long Position, int, int, int)>();
        var records = await home.ReadLedger(0, int.MaxValue, default);
        if (records.Count != home.Head) return $"{records.Count} records, head {home.Head}";
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].Position != i + 1) return $"gap before position {records[i].Position}";
            foreach (var item in records[i].Items)
            {
                var (client, sequence, index) = Workload.Read(item.Span);
                if (!stored.Add((client, sequence, index))) return $"{client} {sequence} {index} is stored twice";
                inRecords.Add((records[i].Position, client, sequence, index));
            }
        }

        for (var subject = 0; subject < Workload.Subjects; subject++)
        {
            foreach (var row in await home.ReadRows(SubjectFamily.Indicator, Workload.Subject(subject), 0, int.MaxValue, default))
            {
                foreach (var fragment in row.Fragments)
                {
                    var (client, sequence, index) = Workload.Read(fragment.Content.Span);
                    if (!inRecords.Remove((fragment.RecordPosition, client, sequence, index)))
                        return $"a row has {client} {sequence} {index} at {fragment.RecordPosition}, the ledger has not";
                }
            }
        }

        return inRecords.Count > 0 ? $"{inRecords.Count} items of the ledger are in no row" : null;
    }

    private static string? Lost(List<(int Client, int Sequence)> acknowledged, HashSet<(int, int, int)> stored)
    {
        foreach (var (client, sequence) in acknowledged)
        {
            var items = Workload.Batch(client, sequence).Items.Length;
            for (var i = 0; i < items; i++)
            {
                if (!stored.Contains((client, sequence, i))) return $"acknowledged and lost: {client} {sequence} {i}";
            }
        }

        return null;
    }

    // The newest of each client, and the one that was in flight: it must be there whole or not at all.
    private static async Task<string?> Recommit(
        EmbeddedStore store, List<(int Client, int Sequence)> acknowledged, HashSet<(int, int, int)> stored)
    {
        for (var client = 0; client < Workload.Clients; client++)
        {
            var newest = acknowledged.Where(ack => ack.Client == client).Select(ack => ack.Sequence).DefaultIfEmpty(-1).Max();
            for (var sequence = Math.Max(0, newest - 5); sequence <= newest + 1; sequence++)
            {
                var batch = Workload.Batch(client, sequence);
                var present = Enumerable.Range(0, batch.Items.Length).Count(i => stored.Contains((client, sequence, i)));
                if (present != 0 && present != batch.Items.Length) return $"half done: {client} {sequence}";
                var expected = present == 0 ? ItemFate.Accepted : ItemFate.Duplicate;
                var receipt = await store[Workload.HomeOf(client)].Commit(batch, default);
                if (Array.Exists(receipt.Fates, fate => fate != expected)) return $"again {client} {sequence}: not {expected}";
            }
        }

        return null;
    }
}
