using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure.Rules;

/// <summary>
/// Hidden from others before embargo-until, rounded up to the hour, and from expires-at on, rounded down (design
/// 3.1.2).
/// </summary>
internal static class Embargo
{
    public static bool Hides(Marking marking, ref Moment moment)
    {
        var opens = marking.EmbargoUntil is { } embargo ? Hours.Ceiling(embargo) : long.MinValue;
        var closes = marking.ExpiresAt is { } expiry ? Hours.Floor(expiry) : (long?)null;
        if (moment.IsAny) return closes <= opens;
        if (!moment.HasReached(opens)) return true;
        return closes is { } end && moment.HasReached(end);
    }
}
