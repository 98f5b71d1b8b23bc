using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace CrossBorderSoc.Gateway;

/// <summary>
/// Ends what is still open a while after the node was told to stop. The host waits for open connections before it lets the silo leave: one half
/// request would take all the time that there is, and the others would have to find out by themselves that the silo is gone.
/// </summary>
internal sealed class ConnectionEnd(IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How long a connection may go on: longer than a push waits for its last acknowledgements.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <summary>Puts the end before everything else on a connection, TLS included.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        await using var late = time.CreateTimer(
            _ => connection.Abort(new ConnectionAbortedException("The node stops.")), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var stopping = lifetime.ApplicationStopping.Register(() => late.Change(Within, Timeout.InfiniteTimeSpan));
        await next(connection);
    };
}
