using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>Who keeps the list of the cluster's nodes.</summary>
internal enum Membership
{
    /// <summary>Nobody: the node is alone.</summary>
    Single,

    /// <summary>One of the nodes, in memory: the cluster ends with it. For development and tests.</summary>
    Development,

    /// <summary>A Redis, which outlives every node.</summary>
    Redis,
}

/// <summary>How a node meets others.</summary>
/// <param name="Membership">Who keeps the list of nodes.</param>
/// <param name="Silo">Where its silo listens; never port 0.</param>
/// <param name="Advertised">Where other nodes reach its silo.</param>
/// <param name="Primary">Where the node that keeps the list is reached; of <see cref="Membership.Development"/> only.</param>
/// <param name="Redis">The connection string of <see cref="Membership.Redis"/>; may hold a password.</param>
internal sealed record ClusterSettings(
    Membership Membership, IPEndPoint Silo, IPEndPoint Advertised, IPEndPoint? Primary, string? Redis)
{
    /// <summary>A node that nothing joins: any free port will do for its silo.</summary>
    public static ClusterSettings Alone
    {
        get
        {
            var own = FreeOf(IPAddress.Loopback);
            return new(Membership.Single, own, own, null, null);
        }
    }

    /// <summary>An endpoint on an address that is free now.</summary>
    public static IPEndPoint FreeOf(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Without the connection string: it is a secret.</summary>
    public override string ToString() => $"{Membership} {Silo}";
}
