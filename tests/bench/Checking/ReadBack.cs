using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Traffic;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Bench.Checking;

/// <summary>
/// Reads back what was acknowledged and compares: what owners see of their own, and what an outsider sees of everything
/// CLEAR and GREEN. A difference makes the run worthless.
/// </summary>
internal sealed class ReadBack(ServerProcess server)
{
    /// <summary>An organisation that no agreement, recipient or parent gives anything: it sees CLEAR and GREEN.</summary>
    private const string Outsider = "enisa";

    private readonly Random _random = new(7);

    /// <summary>How many views were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Each difference, as a sentence.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>For every owner some of its values.</summary>
    public async Task Owners(Expectation expected, int valuesEach)
    {
        foreach (var owner in expected.Own.GroupBy(e => e.Key.Owner))
        {
            using var reader = new GridReader(server, owner.Key);
            var all = owner.ToArray();
            _random.Shuffle(all);
            foreach (var ((value, _), count) in all.Take(valuesEach))
                Compare(reader, value, count, OwnCount(await View(reader, value), owner.Key));
        }
    }

    /// <summary>Every value, as the outsider sees it.</summary>
    public async Task Everything(Expectation expected)
    {
        using var reader = new GridReader(server, Outsider);
        foreach (var (value, count) in expected.Open) Compare(reader, value, count, Count((await View(reader, value))?.ByKind));
    }

    /// <summary>Some of the new values: each was seen once.</summary>
    public async Task Fresh(IEnumerable<(OwnerTraffic Traffic, OutgoingBatch Batch)> samples, int most)
    {
        foreach (var (traffic, batch) in samples.Take(most))
        {
            using var reader = new GridReader(server, traffic.Owner.Id);
            var place = _random.Next(batch.Template.Count);
            var kind = SyntheticValue.KindOf(place);
            var text = SyntheticValue.Text(kind, batch.FirstValue + (ulong)place);
            var view = await reader.View(SyntheticValue.TypeOf(kind), text);
            Compare(reader, text, 1, OwnCount(view, traffic.Owner.Id));
        }
    }

    private static Task<Indicator?> View(GridReader reader, Contracts.Observables.Observable value) =>
        reader.View(ObservableTypes.NameOf(value.Type), value.Text);

    private static ulong OwnCount(Indicator? view, string owner) =>
        Count(view?.BySource.Where(t => t.Organisation && t.Key == owner));

    private static ulong Count(IEnumerable<Tally>? tallies) =>
        tallies?.Aggregate(0UL, (sum, tally) => sum + tally.Count) ?? 0;

    private void Compare(GridReader reader, object value, ulong expected, ulong seen)
    {
        Compared++;
        if (expected != seen) Differences.Add($"{value}: {reader.Organisation} sees {seen}, acknowledged were {expected}");
    }
}
