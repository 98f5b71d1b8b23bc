namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// The instant that a decision is made for, and meanwhile the span around it in which every comparison with an instant,
/// and so the decision, comes out the same. Or any instant at all: then every bound in time may come, and none has
/// passed for good.
/// </summary>
internal struct Moment
{
    private readonly long _at;

    private Moment(long at, bool isAny) => (_at, IsAny, From, Until) = (at, isAny, long.MinValue, long.MaxValue);

    /// <summary>Whether time does not count.</summary>
    public bool IsAny { get; }

    /// <summary>The decision holds from this instant on; Unix milliseconds UTC.</summary>
    public long From { get; private set; }

    /// <summary>The decision holds before this instant; the greatest instant stands for ever.</summary>
    public long Until { get; private set; }

    /// <summary>An instant; Unix milliseconds UTC.</summary>
    public static Moment At(long instant) => new(instant, isAny: false);

    /// <summary>Some instant, whichever.</summary>
    public static Moment Any() => new(0, isAny: true);

    /// <summary>Whether it lies at or after an instant. Not to be asked of any moment.</summary>
    public bool HasReached(long instant)
    {
        if (IsAny) throw new InvalidOperationException("BUG: a moment that is any has reached nothing in particular.");
        if (_at >= instant)
        {
            From = Math.Max(From, instant);
            return true;
        }
        Until = Math.Min(Until, instant);
        return false;
    }
}
