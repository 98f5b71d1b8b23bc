using CrossBorderSoc.Contracts.Actors;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CrossBorderSoc.Gateway.Errors;

/// <summary>The one place where a failure becomes a status.</summary>
internal static partial class GridErrors
{
    /// <summary>What a client is told of a failure. What of it a log may hold goes to the log.</summary>
    public static RpcException ToStatus(Exception failure, ILogger log)
    {
        switch (failure)
        {
            case RpcException told:
                return told;
            case CallerRefusedException:
                return Refused.Unauthenticated();
            case StoreCannotWriteException:
                // Told once by the store itself, not for every batch.
                return Refused.StoreCannotWrite();
            case var _ when IsUnavailable(failure):
                LogUnavailable(log, LoggedFailure.Of(failure));
                return Refused.Unavailable();
            default:
                LogFault(log, LoggedFailure.Of(failure), failure.StackTrace);
                return Refused.Internal();
        }
    }

    /// <summary>Whether a home could not be reached or could not answer.</summary>
    public static bool IsUnavailable(Exception failure) =>
        failure is GridUnavailableException or OrleansException or TimeoutException;

    [LoggerMessage(LogLevel.Warning, "The grid could not answer a call: {Failure}")]
    private static partial void LogUnavailable(ILogger log, string failure);

    [LoggerMessage(LogLevel.Error, "A call failed: {Failure}\n{StackTrace}")]
    private static partial void LogFault(ILogger log, string failure, string? stackTrace);
}
