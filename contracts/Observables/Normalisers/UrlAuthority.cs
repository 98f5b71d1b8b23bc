using System.Globalization;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// The authority of a URL: user information kept, host canonical, a port only where it is not the scheme's own.
/// </summary>
internal static class UrlAuthority
{
    private const string PortProblem = "A port is a number up to 65535.";

    /// <summary>Writes the canonical authority, or returns the problem; says whether anything was defanged.</summary>
    public static string? Write(ReadOnlySpan<char> authority, string scheme, ref TextBuffer into, ref bool isMarked)
    {
        if (Defang.TryCutAtSign(authority, out var userInfo, out var hostPort, out var atMarked) && !userInfo.IsEmpty)
        {
            Percent.Append(userInfo, Percent.UserInfo, ref into);
            into.Append('@');
        }
        isMarked |= atMarked;
        if (Defang.MayBeMarked(hostPort))
        {
            var undone = Defang.Undo(hostPort);
            isMarked |= undone.Length != hostPort.Length;
            hostPort = undone;
        }
        var (host, port) = CutPort(hostPort);
        return WriteHost(host, ref into) ?? WritePort(port, scheme, ref into);
    }

    private static Parts CutPort(ReadOnlySpan<char> hostPort)
    {
        var closing = hostPort.StartsWith('[') ? hostPort.IndexOf(']') : 0;
        var colon = closing < 0 ? -1 : hostPort[closing..].IndexOf(':');
        return colon < 0
            ? new Parts(hostPort, default)
            : new Parts(hostPort[..(closing + colon)], hostPort[(closing + colon + 1)..]);
    }

    private static string? WriteHost(ReadOnlySpan<char> host, ref TextBuffer into)
    {
        if (host.IsEmpty) return "The URL has no host.";
        if (host[0] == '[') return WriteIpv6(host, ref into);
        if (Ipv4.TryParse(host, out _) || DomainNames.IsCanonical(host))
        {
            into.Append(host);
            return null;
        }
        var decoded = "";
        if (host.Contains('%') && !Percent.TryDecode(host, out decoded)) return "The host has broken percent-encoding.";
        var written = decoded.Length > 0 ? decoded : new string(host);
        if (Ipv4.TryParse(written, out _))
        {
            into.Append(written);
            return null;
        }
        var name = DomainNames.Canonicalise(written, out var problem);
        into.Append(name);
        return name is null ? problem : null;
    }

    private static string? WriteIpv6(ReadOnlySpan<char> host, ref TextBuffer into)
    {
        if (host[^1] != ']' || !Ipv6.TryParse(host[1..^1], out var address))
            return "What stands in brackets is not an IPv6 address without zone.";
        if (Ipv6.IsMapped(address))
        {
            into.Append(Ipv4.Format((uint)address));
            return null;
        }
        into.Append('[');
        Ipv6.Format(address, ref into);
        into.Append(']');
        return null;
    }

    private static string? WritePort(ReadOnlySpan<char> written, string scheme, ref TextBuffer into)
    {
        if (written.IsEmpty) return null;
        if (written.ContainsAnyExceptInRange('0', '9')) return PortProblem;
        var digits = written.TrimStart('0');
        if (digits.Length > 5) return PortProblem;
        var port = digits.IsEmpty ? 0 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        if (port > ushort.MaxValue) return PortProblem;
        if (port == DefaultPort(scheme)) return null;
        into.Append(':');
        into.Append(port.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static int DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        _ => -1,
    };

    private readonly ref struct Parts(ReadOnlySpan<char> host, ReadOnlySpan<char> port)
    {
        private readonly ReadOnlySpan<char> _host = host;
        private readonly ReadOnlySpan<char> _port = port;

        public void Deconstruct(out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
        {
            host = _host;
            port = _port;
        }
    }
}
