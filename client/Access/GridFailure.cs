using Google.Rpc;
using Grpc.Core;

namespace CrossBorderSoc.Client.Access;

/// <summary>Why a call failed. Texts of the grid are untrusted: escape before printing.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Detail">One sentence; may be empty.</param>
/// <param name="Reason">The grid's machine-readable reason (<c>ErrorInfo.reason</c>); empty when it gave none.</param>
public readonly record struct GridFailure(StatusCode StatusCode, string Detail, string Reason)
{
    /// <summary>What the grid's store says of itself when it cannot write.</summary>
    public const string StoreCannotWrite = "STORE_CANNOT_WRITE";

    /// <summary>What the grid says when an organisation has too many push streams open, such as those of a process that vanished.</summary>
    public const string TooManyStreams = "TOO_MANY_STREAMS";

    /// <summary>Reads an error of a call.</summary>
    public static GridFailure Of(RpcException error) => new(
        error.StatusCode, error.Status.Detail, error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "");
}
