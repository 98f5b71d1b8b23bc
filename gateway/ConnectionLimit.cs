using Microsoft.AspNetCore.Connections;

namespace CrossBorderSoc.Gateway;

/// <summary>
/// Bounds the connections of one address; one more is closed at once. Kestrel's own limit counts all addresses together, so that
/// whoever fills one would silence health on another.
/// </summary>
internal sealed class ConnectionLimit(int connectionsMax)
{
    private int _open;

    /// <summary>Puts the limit before everything else on a connection, TLS included.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= connectionsMax) await next(connection);
            else connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };
}
