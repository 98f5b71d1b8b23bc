using System.Runtime.InteropServices;

namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>What the system does for us and .NET does not.</summary>
internal static partial class Native
{
    public const int SigTerm = 15;
    public const int SigStop = 19;
    public const int SigCont = 18;
    private const int NetworkNamespace = 0x40000000;

    /// <summary>Sends a signal to one process.</summary>
    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    /// <summary>Moves this thread into a network namespace: sockets that it makes from now on are of it.</summary>
    public static void Enter(string networkNamespace)
    {
        using var file = File.OpenHandle(networkNamespace);
        if (SetNs((int)file.DangerousGetHandle(), NetworkNamespace) != 0)
            throw new InvalidOperationException($"{networkNamespace} cannot be entered: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(int file, int kind);
}
