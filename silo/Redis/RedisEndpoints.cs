using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>Where servers are, and whether they may be spoken to in clear.</summary>
internal static class RedisEndpoints
{
    /// <summary>The connection that a string describes. Without <c>ssl=true</c> it reaches nothing beyond loopback, whatever a cluster or a
    /// server announces: not even the password travels there.</summary>
    public static ConfigurationOptions Parse(string text)
    {
        var connection = ConfigurationOptions.Parse(text);
        if (!connection.Ssl)
        {
            connection.BeforeSocketConnect = (endpoint, _, socket) =>
            {
                if (!IsLoopback(endpoint)) socket.Dispose();
            };
        }

        return connection;
    }

    /// <summary>Whether it is of this machine.</summary>
    public static bool IsLoopback(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint address => IPAddress.IsLoopback(address.Address),
        DnsEndPoint name => name.Host == "localhost",
        _ => false,
    };

    /// <summary>Whether it is of another machine. A node of a cluster that does not know its own address names no host; the client makes
    /// ":port", port 0, of that, and uses the address by which it reached it.</summary>
    public static bool IsFar(EndPoint endpoint) => !IsLoopback(endpoint) && endpoint is not DnsEndPoint { Host: [':', ..], Port: 0 };

    /// <summary>Host and port.</summary>
    public static string NameOf(EndPoint endpoint) => endpoint is DnsEndPoint dns
        ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}") : endpoint.ToString() ?? "?";
}
