using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>Makes names in a directory durable, which .NET has no call for.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Sync(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0) throw new IOException($"Cannot open {directory}: {LastError()}");
        var failed = FSync(descriptor) != 0;
        var error = LastError();
        _ = Close(descriptor);
        if (failed) throw new IOException($"Cannot sync {directory}: {error}");
    }

    private static string LastError() => new Win32Exception(Marshal.GetLastPInvokeError()).Message;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
