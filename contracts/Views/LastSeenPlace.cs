using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>A place in the order of lists: the most recent hour first, then canonical text by code point, then type.</summary>
/// <param name="Hour">The start of the hour in which something was last seen; Unix milliseconds UTC.</param>
/// <param name="Observable">What was seen.</param>
[GenerateSerializer, Immutable, Alias("LastSeenPlace")]
public readonly record struct LastSeenPlace([property: Id(0)] long Hour, [property: Id(1)] Observable Observable)
    : IComparable<LastSeenPlace>
{
    /// <summary>Milliseconds of an hour.</summary>
    public const long HourMilliseconds = 3_600_000;

    /// <summary>Where something stands that was last seen at an instant; Unix milliseconds UTC.</summary>
    public static LastSeenPlace Of(long lastSeen, in Observable observable) => new(HourOf(lastSeen), observable);

    /// <summary>The place before everything of an hour.</summary>
    public static LastSeenPlace BeforeHour(long hour) => new(hour, new(ObservableType.Unspecified, ""));

    /// <summary>The start of the hour of an instant; Unix milliseconds UTC.</summary>
    public static long HourOf(long instant) => instant - (instant % HourMilliseconds + HourMilliseconds) % HourMilliseconds;

    /// <inheritdoc/>
    public int CompareTo(LastSeenPlace other) =>
        Hour != other.Hour ? other.Hour.CompareTo(Hour) : ByText.Compare(Observable, other.Observable);

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(LastSeenPlace);
}
