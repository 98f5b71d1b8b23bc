using System.Globalization;
using CrossBorderSoc.Silo.Hosting;

namespace CrossBorderSoc.Silo.Demo;

/// <summary>
/// By how much the sample's times are moved, so that it ends at the first start. Kept in the data directory: at every later
/// start the same sightings come again with the same content, and count as duplicates.
/// </summary>
internal static class DemoShift
{
    /// <summary>The last last-seen of the shipped sample.</summary>
    private static readonly DateTimeOffset SampleEnds = new(2026, 8, 22, 13, 35, 34, TimeSpan.Zero);

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The shift of this data directory; made from now at the first start.</summary>
    /// <exception cref="StartRefusedException">The file that keeps it holds no instant.</exception>
    public static TimeSpan Of(string data, TimeProvider time)
    {
        var file = Path.Combine(data, "demo-first-start");
        if (!File.Exists(file))
        {
            // Whole or not at all, whenever the machine stops.
            var written = file + ".new";
            File.WriteAllText(written, time.GetUtcNow().ToString(Format, CultureInfo.InvariantCulture));
            File.Move(written, file);
        }
        return DateTimeOffset.TryParseExact(
            File.ReadAllText(file), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? start - SampleEnds
            : throw new StartRefusedException($"{file} does not hold the instant of the demonstration's first start. "
                + "Use another --data directory, or remove that file: then the sample comes once more, with new times.");
    }
}
