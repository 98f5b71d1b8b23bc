using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>How times and counts are written: UTC, ISO 8601, seconds where they say something; digits in groups of three.</summary>
internal static class Instants
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Whether it is a time of the years 1 to 9999. A grid that sends nonsense must not break the page.</summary>
    public static bool IsValid([NotNullWhen(true)] Timestamp? time) => time is { Seconds: >= -62135596800 and <= 253402300799 };

    public static string Text(Timestamp? time)
    {
        if (time is null) return "";
        if (!IsValid(time)) return "invalid time";
        return DateTimeOffset.FromUnixTimeSeconds(time.Seconds)
            .ToString(time.Seconds % 60 == 0 ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", Invariant);
    }

    public static string Count(ulong count) => count.ToString("N0", Invariant);

    /// <summary>"41 in the hour from 2026-11-28T13:00Z, 3.2 expected; at most one hour in 100,000 is so".</summary>
    public static string Text(Burst burst) =>
        $"{Count(burst.Observed)} in the {(burst.Hours == 1 ? "hour" : $"{Count(burst.Hours)} hours")} from {Text(burst.Since)}, "
        + $"{(burst.ExpectedThousandths / 1_000.0).ToString("N1", Invariant)} expected; at most one hour in {Count(burst.OneInHours)} is so";

    /// <summary>"1,234 × 2026-07-21T11:50Z … 2026-08-22T09:00:07Z".</summary>
    public static string Text(Tally tally) =>
        $"{Count(tally.Count)} × {Text(tally.FirstSeen)} … {Text(tally.LastSeen)}";
}
