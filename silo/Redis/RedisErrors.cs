using CrossBorderSoc.Grains.Ledger;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>Tells failures of Redis in the port's words. The client's own texts name keys and arguments: none of them goes further.</summary>
internal static class RedisErrors
{
    // "unknown": it may have been carried out all the same.
    private static readonly string[] UntilSomebodyHelps = ["OOM", "MISCONF", "READONLY", "NOREPLICAS", "NOAUTH", "NOPERM", "WRONGPASS"];

    /// <summary>Whether it may have been carried out, so that only asking again tells.</summary>
    public static bool IsUnknown(Exception failure) => failure is RedisTimeoutException or RedisConnectionException or ObjectDisposedException
        || (failure is RedisException and not RedisServerException);

    /// <summary>Whether the server has not seen the script.</summary>
    public static bool IsNoScript(RedisServerException failure) => CodeOf(failure) == "NOSCRIPT";

    /// <summary>Whether a failure is one of Redis or of its connection.</summary>
    public static bool IsRedis(Exception failure) =>
        failure is RedisException or RedisTimeoutException or RedisCommandException or ObjectDisposedException;

    /// <summary>The failure in the port's words.</summary>
    public static StoreUnavailableException Told(Exception failure, string server) => failure switch
    {
        StoreUnavailableException told => told,
        RedisTimeoutException => new($"Redis at {server} does not answer in time.") { CannotWrite = true },
        RedisConnectionException lost => new($"Redis at {server} cannot be reached ({lost.FailureType}).") { CannotWrite = true },
        RedisServerException refused => new($"Redis at {server} refuses: {Reason(refused)}.")
        {
            CannotWrite = Array.IndexOf(UntilSomebodyHelps, CodeOf(refused)) >= 0,
        },
        ObjectDisposedException => new("The store is closed."),
        InvalidDataException damaged => new($"The store at {server} is damaged: {damaged.Message}"),
        _ => new($"Redis at {server} failed ({failure.GetType().Name})."),
    };

    /// <summary>The first word of the server's error: its code.</summary>
    public static string CodeOf(RedisServerException failure)
    {
        var end = failure.Message.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? failure.Message : failure.Message[..end];
    }

    private static string Reason(RedisServerException failure) => CodeOf(failure) switch
    {
        "OOM" => "OOM, its memory is full (maxmemory)",
        "MISCONF" => "MISCONF, it cannot persist; its log says why",
        "READONLY" => "READONLY, it is a replica",
        "LOADING" => "LOADING, it reads its data",
        "NOPERM" => "NOPERM, the user lacks a permission",
        { Length: < 20 } code when code.All(char.IsAsciiLetterUpper) => code,
        _ => "an error that it does not name",
    };
}
