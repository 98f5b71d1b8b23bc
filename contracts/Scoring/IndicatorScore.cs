using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Scoring;

/// <summary>
/// How far a caller should take an observable for malicious, and why: a function of one disclosed view and an instant, in whole
/// numbers, so that it is the same everywhere (docs/score.md). It changes at full hours only.
/// </summary>
/// <param name="Value">The score, 0 to 100.</param>
/// <param name="Support">What the voices for it give together, 0 to 100.</param>
/// <param name="Doubt">What the voices against it take away together, 0 to 100.</param>
/// <param name="VoicesFor">How many sources say positive.</param>
/// <param name="VoicesAgainst">How many say false positive or expired.</param>
public readonly record struct IndicatorScore(int Value, int Support, int Doubt, int VoicesFor, int VoicesAgainst)
{
    private const long Whole = 1_000_000_000;
    private const long WeightMax = 1_000_000;
    private const long HourMilliseconds = 3_600_000;

    /// <summary>The score of an observable of a type.</summary>
    /// <param name="view">What the caller sees of it.</param>
    /// <param name="type">Its type, for the half-life.</param>
    /// <param name="at">The instant of the question, in the grid's time; Unix milliseconds UTC.</param>
    /// <param name="isOnWarninglist">Whether it is on a warninglist.</param>
    public static IndicatorScore Of(IndicatorView view, ObservableType type, long at, bool isOnWarninglist)
    {
        var halfLife = ScoreConstants.HalfLifeHours(type);
        var weights = Voice.Of(view.TalliesBySource).ToLookup(
            voice => voice.Kind == SightingKind.Positive, voice => WeightOf(voice, HourOf(at), halfLife));
        var (support, doubt) = (Together(weights[true]), Together(weights[false]));
        var net = Math.Max(0, support - doubt);
        if (isOnWarninglist) net = net * ScoreConstants.WarninglistPercent / 100;
        return new(Percent(net), Percent(support), Percent(doubt), weights[true].Count(), weights[false].Count());
    }

    // Voices count as independent: each leaves its own share of what the others left open. Rounded down from the heaviest on, so that
    // equal weights give equal scores, whoever says it.
    private static long Together(IEnumerable<long> weights) =>
        Whole - weights.OrderDescending().Aggregate(Whole, (open, weight) => open * (WeightMax - weight) / WeightMax);

    private static long WeightOf(in Voice voice, long hour, long halfLife) =>
        Aged(voice.Confidence * (WeightMax / 100), hour - HourOf(voice.LastSeen), halfLife) * Share(voice.Kind) / 100;

    // Halved with every half-life, straight in between: no table, no rounding that depends on a machine.
    private static long Aged(long weight, long age, long halfLife)
    {
        if (age <= 0) return weight;
        var (halvings, rest) = Math.DivRem(age, halfLife);
        return halvings > 30 ? 0 : (weight * (2 * halfLife - rest) / (2 * halfLife)) >> (int)halvings;
    }

    private static int Share(SightingKind kind) => kind switch
    {
        SightingKind.Positive => 100,
        SightingKind.FalsePositive => ScoreConstants.FalsePositivePercent,
        _ => ScoreConstants.ExpirationPercent,
    };

    private static int Percent(long part) => (int)((part + Whole / 200) / (Whole / 100));

    private static long HourOf(long instant) =>
        instant / HourMilliseconds - (instant % HourMilliseconds < 0 ? 1 : 0);
}
