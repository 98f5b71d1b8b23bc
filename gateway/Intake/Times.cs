using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>Instants between protobuf and Unix milliseconds UTC. Finer parts than milliseconds are cut.</summary>
internal static class Times
{
    /// <summary>2000-01-01T00:00:00Z, before which nothing was seen.</summary>
    public const long Year2000 = 946_684_800_000;

    private const long SecondsMin = -62_135_596_800;
    private const long SecondsMax = 253_402_300_799;

    /// <summary>Reads an instant that must be there; a refusal otherwise.</summary>
    public static Refusal Required(Timestamp? timestamp, string field, out long milliseconds)
    {
        if (timestamp is not null) return Read(timestamp, field, out milliseconds);
        milliseconds = 0;
        return new(field, "TIME_MISSING", "The time is required.");
    }

    /// <summary>Reads an instant that may be absent.</summary>
    public static Refusal Optional(Timestamp? timestamp, string field, out long? milliseconds)
    {
        milliseconds = null;
        if (timestamp is null) return default;
        var refusal = Read(timestamp, field, out var read);
        milliseconds = read;
        return refusal;
    }

    /// <summary>The instant as protobuf has it.</summary>
    public static Timestamp ToTimestamp(long milliseconds)
    {
        var (seconds, rest) = Math.DivRem(milliseconds, 1000);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1000);
        return new() { Seconds = seconds, Nanos = (int)rest * 1_000_000 };
    }

    /// <summary>The instant as protobuf has it, or absent.</summary>
    public static Timestamp? ToTimestamp(long? milliseconds) => milliseconds is { } known ? ToTimestamp(known) : null;

    private static Refusal Read(Timestamp timestamp, string field, out long milliseconds)
    {
        var (seconds, nanos) = (timestamp.Seconds, timestamp.Nanos);
        milliseconds = 0;
        if (seconds is < SecondsMin or > SecondsMax || nanos is < 0 or > 999_999_999)
            return new(field, "INVALID_TIME",
                "The time is outside of what a Timestamp may hold (years 1 to 9999, nanos 0 to 999999999).");
        milliseconds = seconds * 1000 + nanos / 1_000_000;
        return default;
    }
}
