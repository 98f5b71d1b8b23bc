using Grpc.Core;

namespace CrossBorderSoc.Client.Access;

/// <summary>Says of a failed call what happened and what to do. Texts of the grid are untrusted: escape before printing.</summary>
public static class FailureText
{
    /// <summary>One or two sentences.</summary>
    public static string Of(GridFailure failure) => failure.StatusCode switch
    {
        StatusCode.Unavailable when failure.Reason == GridFailure.StoreCannotWrite =>
            "The grid runs, but its store cannot write (its disk is full, say): nothing unacknowledged is in it. "
            + "Its operator has to make room.",
        // A reason is the grid's own word: then it is running.
        StatusCode.Unavailable when failure.Reason.Length > 0 => $"The grid cannot answer now ({failure.Detail}).",
        StatusCode.Unavailable => $"The grid is unavailable ({failure.Detail}). Is it running, and is --grid its address? "
            + "Start one with: dotnet run --project silo -- --demo",
        StatusCode.Unauthenticated => $"The grid does not accept this token ({failure.Detail}). "
            + "A token is valid for the data folder that it was made in: check --data or --token-file.",
        StatusCode.PermissionDenied => $"The grid refuses this call ({failure.Detail}).",
        StatusCode.Unimplemented => "The grid does not know this call: is it of another version, or no grid?",
        _ => $"{failure.StatusCode}: {failure.Detail}",
    };
}
