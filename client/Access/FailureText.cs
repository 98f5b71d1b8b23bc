using Grpc.Core;

namespace CrossBorderSoc.Client.Access;

/// <summary>Says of a failed call what happened and what to do. Texts of the grid are untrusted: escape before printing.</summary>
public static class FailureText
{
    /// <summary>One or two sentences.</summary>
    public static string Of(Status status) => status.StatusCode switch
    {
        StatusCode.Unavailable => $"The grid is unavailable ({status.Detail}). Is it running, and is --grid its address? "
            + "Start one with: dotnet run --project silo -- --demo",
        StatusCode.Unauthenticated => $"The grid does not accept this token ({status.Detail}). "
            + "A token is valid for the data folder that it was made in: check --data or --token-file.",
        StatusCode.PermissionDenied => $"The grid refuses this call ({status.Detail}).",
        StatusCode.Unimplemented => "The grid does not know this call: is it of another version, or no grid?",
        _ => $"{status.StatusCode}: {status.Detail}",
    };
}
