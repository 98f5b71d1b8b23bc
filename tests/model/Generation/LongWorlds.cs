using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>
/// Worlds with a history: the few hours of a random world lie more than a day apart, and in the newest of them much was seen. A function
/// of the hour alone, so that what looks alike in a redacted form still does.
/// </summary>
public static class LongWorlds
{
    private const int HoursBetween = 29;
    private const uint TimesInTheNewest = 300;

    /// <summary>The same world with a history.</summary>
    public static World Of(World world) => world.With([.. world.Sightings.Select(Of)]);

    private static Sighting Of(Sighting sighting)
    {
        var ago = (int)(Palette.Noon - Hours.Floor(sighting.LastSeen)).TotalHours - 1;
        var back = TimeSpan.FromHours(Math.Max(0, ago) * HoursBetween);
        return sighting with
        {
            FirstSeen = sighting.FirstSeen - back,
            LastSeen = sighting.LastSeen - back,
            Count = ago > 0 || sighting.Said is not null ? sighting.Count : (uint)Math.Min(uint.MaxValue, (ulong)sighting.Count * TimesInTheNewest),
        };
    }
}
