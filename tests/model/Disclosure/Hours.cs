namespace CrossBorderSoc.Tests.Model.Disclosure;

/// <summary>Whole hours, UTC.</summary>
public static class Hours
{
    public static DateTimeOffset Floor(DateTimeOffset instant) =>
        new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    public static DateTimeOffset Ceiling(DateTimeOffset instant) =>
        Floor(instant) == instant ? Floor(instant) : Floor(instant).AddHours(1);
}
