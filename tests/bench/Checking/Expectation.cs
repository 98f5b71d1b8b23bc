using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Tests.Bench.Traffic;
using CrossBorderSoc.V1;
using Observable = CrossBorderSoc.Contracts.Observables.Observable;

namespace CrossBorderSoc.Tests.Bench.Checking;

/// <summary>What a stream's acknowledgements add up to, per value.</summary>
internal sealed class Expectation
{
    private readonly Dictionary<(Observable Value, string Owner), ulong> _own = [];
    private readonly Dictionary<Observable, ulong> _open = [];

    public Expectation(Traffic.Stream stream)
    {
        foreach (var traffic in stream.Owners)
            for (var i = 0; i < traffic.Templates.Length; i++)
                if (traffic.TimesAccepted(i) is > 0 and var times) Add(traffic.Owner.Id, traffic.Templates[i].Batch, (ulong)times);
    }

    /// <summary>How often an owner saw a value.</summary>
    public IReadOnlyDictionary<(Observable Value, string Owner), ulong> Own => _own;

    /// <summary>How often a value was seen under CLEAR or GREEN.</summary>
    public IReadOnlyDictionary<Observable, ulong> Open => _open;

    private void Add(string owner, SightingBatch batch, ulong times)
    {
        foreach (var sighting in batch.Sightings)
        {
            var count = times * Math.Max(1, sighting.Count);
            foreach (var value in sighting.Observables.Select(Canonical).Distinct())
            {
                _own[(value, owner)] = _own.GetValueOrDefault((value, owner)) + count;
                if (sighting.Marking.Tlp is Tlp.Clear or Tlp.Green) _open[value] = _open.GetValueOrDefault(value) + count;
            }
        }
    }

    private static Observable Canonical(V1.Observable written) =>
        ObservableParser.TryParse(written.Type, written.Value, out var value, out var error)
            ? value
            : throw new InvalidDataException($"The grid accepted {written.Type} {written.Value}: {error.Reason}");
}
