using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>Makes names in a directory durable, which .NET has no call for.</summary>
internal static unsafe class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Sync(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        // Resolved as the program's own calls are, so that what watches those sees this one.
        var program = NativeLibrary.GetMainProgramHandle();
        var open = (delegate* unmanaged<byte*, int, int>)NativeLibrary.GetExport(program, "open");
        var fsync = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(program, "fsync");
        var close = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(program, "close");
        int descriptor;
        fixed (byte* path = Encoding.UTF8.GetBytes(directory + "\0")) descriptor = open(path, ReadOnly);
        if (descriptor < 0) throw new IOException($"Cannot open {directory}: {LastError()}");
        var failed = fsync(descriptor) != 0;
        var error = failed ? LastError() : "";
        _ = close(descriptor);
        if (failed) throw new IOException($"Cannot sync {directory}: {error}");
    }

    private static string LastError() => new Win32Exception(Marshal.GetLastSystemError()).Message;
}
