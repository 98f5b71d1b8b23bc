using System.Globalization;
using System.Net;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// Which node a connection on this machine comes from: the system's list of sockets leads to the process, and that to its configuration.
/// </summary>
internal static class ConnectedNode
{
    private const string Name = "Node__Name=";

    /// <summary>The name of the node that connected from a port, or null for anybody else.</summary>
    public static string? NameOf(IPEndPoint from) => SocketOf(from.Port) is { } socket
        ? Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => (folder, Node: NodeOf(folder))).FirstOrDefault(each => each.Node is not null && Holds(each.folder, socket)).Node
        : null;

    // "sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode"
    private static string? SocketOf(int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).SelectMany(File.ReadLines).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(suffix, StringComparison.Ordinal) && fields[9] != "0")
            .Select(fields => $"socket:[{fields[9]}]").FirstOrDefault();
    }

    private static string? NodeOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Split('\0')
                .FirstOrDefault(each => each.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Holds(string process, string socket)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(process, "fd")).EnumerateFiles().Any(file => file.LinkTarget == socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
