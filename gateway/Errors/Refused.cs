using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Errors;

/// <summary>
/// Every error that leaves the gateway: a <c>google.rpc.Status</c> with one <c>ErrorInfo</c> (AIP-193). The texts are
/// constants of this folder; no exception's text and nothing that a client sent is ever in them.
/// </summary>
internal static class Refused
{
    /// <summary>The domain of every reason.</summary>
    public const string Domain = "crossbordersoc";

    /// <summary>No token, or one that is worth nothing. One text for every cause.</summary>
    public static RpcException Unauthenticated() => Because(
        StatusCode.Unauthenticated, "UNAUTHENTICATED", "A valid token is required: authorization: Bearer TOKEN.");

    /// <summary>A good token of an organisation that the policy does not know.</summary>
    public static RpcException NotAMember() => Because(
        StatusCode.PermissionDenied, "NOT_A_MEMBER", "Your organisation is not a member of this consortium.");

    /// <summary>Nothing of it is visible, or there is nothing: one answer (AIP-211).</summary>
    public static RpcException NotFound() => Because(
        StatusCode.NotFound, "NOT_FOUND", "You cannot see this resource (or it might not exist).");

    /// <summary>The grid cannot answer now. Nothing is known, and nothing may be assumed.</summary>
    public static RpcException Unavailable() => Because(
        StatusCode.Unavailable, "GRID_UNAVAILABLE", "The grid cannot answer now. Try again.");

    /// <summary>The client left, or its deadline passed, before there was an answer.</summary>
    public static RpcException Cancelled() => Because(StatusCode.Cancelled, "CANCELLED", "The call was cancelled.");

    /// <summary>The store of the caller's jurisdiction cannot write: the same for everybody who writes there.</summary>
    public static RpcException StoreCannotWrite() => Because(
        StatusCode.Unavailable, "STORE_CANNOT_WRITE",
        "The store of your jurisdiction cannot write now (its disk may be full). Nothing unacknowledged was taken. Try again later.");

    /// <summary>A fault of ours.</summary>
    public static RpcException Internal() => Because(
        StatusCode.Internal, "INTERNAL", "The grid failed. Its operator has the details.");

    /// <summary>The policy changed while an answer was being sent: the client starts again.</summary>
    public static RpcException PolicyChanged() => Because(
        StatusCode.Aborted, "POLICY_CHANGED", "The policy changed during the answer. Ask again.",
        details: [new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) }]);

    /// <summary>An answer took so long to send that what was visible at its instant may have ended: the client starts again.</summary>
    public static RpcException AnswerTooSlow() => Because(
        StatusCode.Aborted, "ANSWER_TOO_SLOW", "The answer took too long to send. Ask again, for less at once.");

    /// <summary>Too many push streams of one organisation.</summary>
    public static RpcException TooManyStreams(int limit) => Because(
        StatusCode.ResourceExhausted, "TOO_MANY_STREAMS", "Your organisation has too many push streams open.",
        [("limit", Number(limit))]);

    /// <summary>Too many watches of one organisation.</summary>
    public static RpcException TooManyWatches(int limit) => Because(
        StatusCode.ResourceExhausted, "TOO_MANY_WATCHES", "Your organisation watches too often at once. End a watch first.",
        [("limit", Number(limit))]);

    /// <summary>Too many questions of one organisation, being answered and waiting.</summary>
    public static RpcException TooManyQuestions(int limit) => Because(
        StatusCode.ResourceExhausted, "TOO_MANY_QUESTIONS", "Your organisation asks too many questions at once. Try again.",
        [("limit", Number(limit))], [new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) }]);

    /// <summary>What was sent is the beginning of an answer that is longer than one may be.</summary>
    public static RpcException AnswerTooLarge(int bytesMax) => Because(
        StatusCode.ResourceExhausted, "ANSWER_TOO_LARGE", "The rest of the answer is not sent: it is too large. Ask for fewer.",
        [("limit", Number(bytesMax))]);

    /// <summary>A batch beyond a limit. Names the batch and the limit.</summary>
    public static RpcException Batch(string reason, string message, ulong sequence, int limit) => Because(
        StatusCode.InvalidArgument, reason, message, [("sequence", Number(sequence)), ("limit", Number(limit))]);

    /// <summary>What came as a batch is none.</summary>
    public static RpcException MalformedBatch() => Because(
        StatusCode.InvalidArgument, "MALFORMED_BATCH", "The message is no SightingBatch of crossbordersoc.v1.");

    /// <summary>A field of a request that must not be so.</summary>
    public static RpcException Field(string field, string reason, string message)
    {
        var violation = new BadRequest.Types.FieldViolation { Field = field, Description = message, Reason = reason };
        return Because(
            StatusCode.InvalidArgument, reason, message, details: [new BadRequest { FieldViolations = { violation } }]);
    }

    private static RpcException Because(
        StatusCode code, string reason, string message, ReadOnlySpan<(string Key, string Value)> metadata = default,
        ReadOnlySpan<IMessage> details = default)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = reason };
        foreach (var (key, value) in metadata) info.Metadata.Add(key, value);
        var status = new Google.Rpc.Status { Code = (int)code, Message = message, Details = { Any.Pack(info) } };
        foreach (var detail in details) status.Details.Add(Any.Pack(detail));
        return status.ToRpcException();
    }

    private static string Number(IFormattable number) =>
        number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
