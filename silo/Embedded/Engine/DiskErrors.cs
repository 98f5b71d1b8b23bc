using System.Runtime.InteropServices;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>Tells a disk that cannot serve now from one whose data are not what was written.</summary>
internal static class DiskErrors
{
    private const int AccessDenied = 13;
    private const int TooManyFilesInSystem = 23;
    private const int TooManyFilesInProcess = 24;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;
    private static readonly int[] Passing =
        [AccessDenied, TooManyFilesInSystem, TooManyFilesInProcess, NoSpace, ReadOnlyFileSystem, QuotaExceeded];

    // RocksDB passes on the system's text of an error, not its number.
    private static readonly string[] Texts = [.. Passing.Select(Marshal.GetPInvokeErrorMessage)];

    /// <summary>Whether a failure is an outage of the disk (full, over quota, read-only, out of handles, no rights): what is
    /// stored is whole, and the same may succeed later.</summary>
    public static bool IsOutage(Exception failure) => failure is UnauthorizedAccessException
        || (failure is IOException && Passing.Contains(failure.HResult))
        || Texts.Any(text => failure.Message.Contains(text, StringComparison.Ordinal));
}
