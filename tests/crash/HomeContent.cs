using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Tests.Crash.Writer;

namespace CrossBorderSoc.Tests.Crash;

/// <summary>What one home of a rebuilt store holds: in records, and in rows and snapshots, which must agree.</summary>
public sealed class HomeContent
{
    private readonly Dictionary<(int Client, int Sequence, int Item), long> recorded = [];

    /// <summary>The items whose records are there.</summary>
    public IReadOnlyCollection<(int Client, int Sequence, int Item)> Recorded => recorded.Keys;

    /// <summary>The items that snapshots and rows hold, whether their records are still there or not.</summary>
    public HashSet<(int Client, int Sequence, int Item)> Told { get; } = [];

    /// <summary>What does not fit together, or null.</summary>
    public string? Fault { get; private set; }

    public static async Task<HomeContent> Read(IHomeStore home)
    {
        var content = new HomeContent();
        content.Fault = await content.ReadRecords(home) ?? await content.ReadSubjects(home) ?? content.Untold();
        return content;
    }

    private async Task<string?> ReadRecords(IHomeStore home)
    {
        var records = await home.ReadLedger(0, int.MaxValue, default);
        if (records.Count != home.Head - home.RetiredTo) return $"{records.Count} records, head {home.Head}, retired {home.RetiredTo}";
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].Position != home.RetiredTo + i + 1) return $"gap before position {records[i].Position}";
            foreach (var item in records[i].Items)
            {
                if (!recorded.TryAdd(Workload.Read(item.Span), records[i].Position))
                    return $"{Workload.Read(item.Span)} is recorded twice";
            }
        }

        return null;
    }

    private async Task<string?> ReadSubjects(IHomeStore home)
    {
        for (var number = 0; number < Workload.Subjects; number++)
        {
            var subject = Workload.Subject(number);
            var snapshot = await home.ReadSnapshot(SubjectFamily.Indicator, subject, default);
            for (var at = 0; at < (snapshot?.Content.Length ?? 0); at += Workload.ItemSize)
            {
                var item = Workload.Read(snapshot!.Value.Content.Span[at..]);
                if (!Told.Add(item)) return $"{item} is told twice";
            }

            foreach (var row in await home.ReadRows(SubjectFamily.Indicator, subject, snapshot?.Position ?? 0, int.MaxValue, default))
            {
                foreach (var fragment in row.Fragments)
                {
                    var item = Workload.Read(fragment.Content.Span);
                    if (!Told.Add(item)) return $"{item} is told twice";
                    if (!recorded.TryGetValue(item, out var position) || position != fragment.RecordPosition)
                        return $"a row has {item} at {fragment.RecordPosition}, the ledger has not";
                }
            }
        }

        return null;
    }

    private string? Untold()
    {
        var missing = recorded.Keys.Count(item => !Told.Contains(item));
        return missing > 0 ? $"{missing} items of the ledger are in no row and no snapshot" : null;
    }
}
