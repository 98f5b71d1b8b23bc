using System.Globalization;

namespace CrossBorderSoc.Silo.Demo;

/// <summary>
/// By how much the sample's times are moved, so that it ends at the first start. Kept in the data directory: at every later
/// start the same sightings come again with the same content, and count as duplicates.
/// </summary>
internal static class DemoShift
{
    /// <summary>The last last-seen of the shipped sample.</summary>
    private static readonly DateTimeOffset SampleEnds = new(2026, 8, 22, 13, 35, 34, TimeSpan.Zero);

    /// <summary>The shift of this data directory; made from now at the first start.</summary>
    public static TimeSpan Of(string data, TimeProvider time)
    {
        var file = Path.Combine(data, "demo-first-start");
        if (!File.Exists(file))
            File.WriteAllText(file, time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return DateTimeOffset.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) - SampleEnds;
    }
}
