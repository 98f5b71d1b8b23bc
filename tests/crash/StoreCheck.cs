using CrossBorderSoc.Contracts;
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
            var contents = new List<HomeContent>();
            foreach (var home in Workload.Homes)
            {
                var content = await HomeContent.Read(store[home]);
                if (content.Fault is { } fault) return $"{home}: {fault}";
                contents.Add(content);
            }

            var batches = acknowledged.Where(ack => ack.Client < Workload.Clients).ToList();
            return Lost(batches, contents) ?? await ReleaseFault(store, acknowledged, contents[^1])
                ?? await DocumentFault(store, acknowledged) ?? RetirementFault(store, acknowledged)
                ?? await Recommit(store, batches, contents);
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    private static string? Lost(List<(int Client, int Sequence)> batches, List<HomeContent> contents)
    {
        foreach (var (client, sequence) in batches)
        {
            var items = Workload.Batch(client, sequence).Items.Length;
            for (var i = 0; i < items; i++)
            {
                if (!contents[client % 2].Told.Contains((client, sequence, i))) return $"acknowledged and lost: {client} {sequence} {i}";
            }
        }

        return null;
    }

    // A watermark and what was released up to it are one: no range twice, none missing, none beyond the home's own ledger.
    private static async Task<string?> ReleaseFault(
        EmbeddedStore store, List<(int Client, int Sequence)> acknowledged, HomeContent hub)
    {
        for (var home = 0; home < 2; home++)
        {
            var watermark = (await store[Home.Hub].ReadWatermark(Workload.Homes[home], default)).Position;
            var newest = Newest(acknowledged, Workload.Releases + home);
            if (watermark < newest) return $"watermark {watermark}, acknowledged {newest}";
            if (watermark > store[Workload.Homes[home]].Head) return $"watermark {watermark} is beyond the ledger";
            var ranges = hub.Told.Where(told => told.Client == Workload.Releases + home).OrderBy(told => told.Sequence).ToList();
            for (var i = 1; i < ranges.Count; i++)
            {
                if (ranges[i].Sequence < ranges[i - 1].Item) return $"released twice: {ranges[i]} after {ranges[i - 1]}";
            }

            foreach (var (_, to) in acknowledged.Where(ack => ack.Client == Workload.Releases + home))
            {
                if (!Workload.IsEmptyRelease(to) && !ranges.Exists(range => range.Item == to)) return $"release up to {to} is lost";
            }

            if (ranges.Count > 0 && ranges[^1].Item > watermark) return $"released up to {ranges[^1].Item}, watermark {watermark}";
        }

        return null;
    }

    private static async Task<string?> DocumentFault(EmbeddedStore store, List<(int Client, int Sequence)> acknowledged)
    {
        var newest = Newest(acknowledged, Workload.Documents);
        if (await store[Workload.Homes[0]].ReadDocument(Workload.DocumentName, default) is not { } content)
            return newest < 0 ? null : $"document {newest} is lost";
        var number = BitConverter.ToInt32(content.Span);
        if (!content.Span.SequenceEqual(Workload.Document(number))) return $"document {number} is half written";
        return number < newest ? $"document {number}, acknowledged {newest}" : null;
    }

    private static string? RetirementFault(EmbeddedStore store, List<(int Client, int Sequence)> acknowledged)
    {
        for (var home = 0; home < 2; home++)
        {
            var (newest, retired) = (Newest(acknowledged, Workload.Retirements + home), store[Workload.Homes[home]].RetiredTo);
            if (retired < newest) return $"retired to {retired}, acknowledged {newest}";
        }

        return null;
    }

    // The newest of each client, and the one that was in flight: it must be there whole or not at all, and known while its record is.
    private static async Task<string?> Recommit(
        EmbeddedStore store, List<(int Client, int Sequence)> batches, List<HomeContent> contents)
    {
        for (var client = 0; client < Workload.Clients; client++)
        {
            var (newest, content) = (Newest(batches, client), contents[client % 2]);
            for (var sequence = Math.Max(0, newest - 5); sequence <= newest + 1; sequence++)
            {
                var batch = Workload.Batch(client, sequence);
                var present = Enumerable.Range(0, batch.Items.Length).Count(i => content.Told.Contains((client, sequence, i)));
                if (present != 0 && present != batch.Items.Length) return $"half done: {client} {sequence}";
                if (present != 0 && !content.Recorded.Contains((client, sequence, 0))) continue;
                var expected = present == 0 ? ItemFate.Accepted : ItemFate.Duplicate;
                var receipt = await store[Workload.HomeOf(client)].Commit(batch, default);
                if (Array.Exists(receipt.Fates, fate => fate != expected)) return $"again {client} {sequence}: not {expected}";
            }
        }

        return null;
    }

    private static int Newest(List<(int Client, int Sequence)> acknowledged, int client) =>
        acknowledged.Where(ack => ack.Client == client).Select(ack => ack.Sequence).DefaultIfEmpty(-1).Max();
}
