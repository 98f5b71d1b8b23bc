using CrossBorderSoc.Tests.Chaos.Load;
using CrossBorderSoc.Tests.Model.Sightings;
using Wire = CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Chaos.Checking;

/// <summary>What an answer during a run may hold: no less than was acknowledged at home before the question, no more than was sent.</summary>
internal static class Bounds
{
    /// <summary>By jurisdiction and kind the counts of a view.</summary>
    public static Dictionary<(string Jurisdiction, Kind Kind), ulong> Of(Wire.Indicator view) =>
        view.ByJurisdiction.ToDictionary(tally => (tally.Key, ToModel(tally.Kind)), tally => tally.Count);

    /// <summary>Judges an answer.</summary>
    /// <param name="asker">Who asked.</param>
    /// <param name="value">Of what.</param>
    /// <param name="least">What was acknowledged at the asker's home before, and what the asker was shown before.</param>
    /// <param name="answer">The view; null: not found.</param>
    /// <param name="book">What was sent until now.</param>
    /// <returns>What is wrong, or nothing.</returns>
    public static IEnumerable<string> Judge(
        string asker, Observable value, IReadOnlyDictionary<(string Jurisdiction, Kind Kind), ulong> least, Wire.GetIndicatorResponse? answer,
        Book book)
    {
        var shown = answer is null ? [] : Of(answer.Indicator);
        var most = book.Sums(value, asker, acknowledged: false);
        foreach (var ((jurisdiction, kind), count) in least)
            if (shown.GetValueOrDefault((jurisdiction, kind)) is var seen && seen < count
                && answer?.UnavailableJurisdictions.Contains(jurisdiction) != true)
                yield return $"{asker} is shown {seen} of {count} {kind} of {jurisdiction} of {value}, and {jurisdiction} is not said to be out";
        foreach (var ((jurisdiction, kind), count) in shown)
            if (count > most.GetValueOrDefault((jurisdiction, kind)))
                yield return $"{asker} is shown {count} {kind} of {jurisdiction} of {value}, of "
                    + $"{most.GetValueOrDefault((jurisdiction, kind))} that may be";
        foreach (var marking in answer?.Indicator.Markings ?? [])
            if (!book.Of(value).Any(entry => entry.To(asker) is { } form && Is(form.Tlp, marking.Marking.Tlp)))
                yield return $"{asker} is shown {marking.Marking.Tlp} of {value}, of which nothing that it may see is";
    }

    /// <summary>Judges a change that a watch tells.</summary>
    public static IEnumerable<string> Judge(string asker, Wire.IndicatorSummary told, Book book)
    {
        var most = book.Sums(new(told.Observable.Type, told.Observable.Value), asker, acknowledged: false);
        foreach (var tally in told.ByKind)
        {
            var possible = most.Where(each => each.Key.Kind == ToModel(tally.Kind)).Aggregate(0UL, (sum, each) => sum + each.Value);
            if (tally.Count > possible) yield return $"{asker} is told of {tally.Count} of {told.Observable.Value}, of {possible} that may be";
        }
    }

    private static Kind ToModel(Wire.Kind kind) => kind switch
    {
        Wire.Kind.Positive => Kind.Positive,
        Wire.Kind.FalsePositive => Kind.FalsePositive,
        _ => Kind.Expiration,
    };

    private static bool Is(Tlp one, Wire.Tlp other) => other switch
    {
        Wire.Tlp.Clear => one == Tlp.Clear,
        Wire.Tlp.Green => one == Tlp.Green,
        Wire.Tlp.Amber => one == Tlp.Amber,
        Wire.Tlp.AmberStrict => one == Tlp.AmberStrict,
        _ => one == Tlp.Red,
    };
}
