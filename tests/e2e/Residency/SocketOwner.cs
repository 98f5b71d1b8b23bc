using System.Globalization;
using System.Net;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>Which process of this machine has the socket of an IPv4 endpoint on loopback.</summary>
internal static class SocketOwner
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Its number; 0 when it is gone already.</summary>
    public static int Of(IPEndPoint endpoint)
    {
        if (InodeOf(endpoint.Port) is not { } inode) return 0;
        var socket = $"socket:[{inode}]";
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && Has(folder, socket)) return process;
        return 0;
    }

    // Addresses are in the machine's byte order: 127.0.0.1 is 0100007F, also where it is mapped into IPv6.
    private static string? InodeOf(int port)
    {
        var local = string.Create(CultureInfo.InvariantCulture, $"0100007F:{port:X4}");
        return Tables.SelectMany(File.ReadLines).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(fields => fields[1].EndsWith(local, StringComparison.Ordinal) && fields[9] != "0")?[9];
    }

    private static bool Has(string process, string socket)
    {
        try
        {
            return Directory.GetFiles(process + "/fd").Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name == socket);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
