using System.Diagnostics;
using System.Globalization;

namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>
/// The hosts' network. Each host is a network namespace with one cable to a bridge, where that is permitted; else all are addresses of
/// one loopback. Addresses are of 127.77.0.0/24 either way, and in the namespaces <c>route_localnet</c> lets them cross the cable, so
/// that a node takes them for loopback and asks for no certificates.
/// </summary>
internal sealed class Network : IDisposable
{
    private const string ThisHost = "127.77.0.254";
    private const string Routed = "net.ipv4.conf.all.route_localnet=1 net.ipv4.conf.default.route_localnet=1";
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"chaos-{Environment.TickCount64:x}-");

    private Network(bool isolated) => Isolated = isolated;

    /// <summary>Whether hosts have namespaces of their own.</summary>
    public bool Isolated { get; }

    /// <summary>Lays the cables; the caller's own network namespace must be its own, where hosts are to have theirs.</summary>
    public static async Task<Network> Lay(bool isolated)
    {
        var network = new Network(isolated);
        if (!isolated) return network;
        // Names of namespaces are files: in a mount namespace of our own they go with it, however this process ends.
        await Run("mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns");
        await Run($"ip link set lo up; ip addr del 127.0.0.1/8 dev lo; ip addr add 127.0.0.1/32 dev lo; sysctl -qw {Routed}");
        await Run($"ip link add br0 type bridge && ip addr add {ThisHost}/24 dev br0 && ip link set br0 up");
        foreach (var host in Servers.All) await network.Lay(host);
        return network;
    }

    public static string AddressOf(string host) => string.Create(CultureInfo.InvariantCulture, $"127.77.0.{NumberOf(host)}");

    /// <summary>What a command begins with that is to run on a host.</summary>
    public IReadOnlyList<string> On(string host) => Isolated ? ["ip", "netns", "exec", _prefix + host] : [];

    /// <summary>Moves this thread to a host.</summary>
    public void Enter(string host)
    {
        if (Isolated) Native.Enter("/run/netns/" + _prefix + host);
    }

    /// <summary>Two hosts do not hear each other (<paramref name="add"/>), or do again.</summary>
    public Task Cut(string host, string other, bool add) => Rules(host, add,
        $"INPUT -s {AddressOf(other)} -j DROP", $"OUTPUT -d {AddressOf(other)} -j DROP");

    /// <summary>A host hears no other, or does again.</summary>
    public Task Isolate(string host, bool add) => Rules(host, add, "INPUT -i e0 -j DROP", "OUTPUT -o e0 -j DROP");

    /// <summary>So many of a hundred packets to and from a host are lost, or none.</summary>
    public Task Lose(string host, int percent, bool add)
    {
        var some = string.Create(CultureInfo.InvariantCulture, $"-m statistic --mode random --probability 0.{percent:00} -j DROP");
        return Rules(host, add, "INPUT -i e0 " + some, "OUTPUT -o e0 " + some);
    }

    public void Dispose()
    {
        if (!Isolated) return;
        foreach (var host in Servers.All)
            using (var delete = Process.Start("ip", ["netns", "del", _prefix + host])) delete.WaitForExit();
    }

    private static int NumberOf(string host)
    {
        for (var number = 0; number < Servers.All.Count; number++) if (Servers.All[number] == host) return number + 1;
        throw new InvalidOperationException($"BUG: no host {host}.");
    }

    private async Task Lay(string host)
    {
        var (name, cable, on) = (_prefix + host, $"v{NumberOf(host)}", $"ip netns exec {_prefix}{host}");
        await Run($"ip netns add {name} && ip link add {cable} type veth peer name e0 netns {name} && ip link set {cable} master br0 up");
        await Run($"{on} ip link set lo up; {on} ip addr del 127.0.0.1/8 dev lo; {on} ip addr add 127.0.0.1/32 dev lo; "
            + $"{on} sysctl -qw {Routed} net.ipv4.conf.e0.route_localnet=1 && "
            + $"{on} ip addr add {AddressOf(host)}/24 dev e0 && {on} ip link set e0 up");
    }

    private async Task Rules(string host, bool add, params string[] rules)
    {
        if (!Isolated) return;
        foreach (var rule in rules) await Run($"ip netns exec {_prefix}{host} iptables -w {(add ? "-A" : "-D")} {rule}");
    }

    private static async Task Run(string line)
    {
        if (await E2e.Shell.Run(line, "/") is var code and not 0) throw new InvalidOperationException($"{line}\nended with {code}.");
    }
}
