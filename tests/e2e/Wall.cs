using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// A wall through a grid on one machine that can be shut: every silo is advertised behind it, and the list of nodes lies behind it, too. While it is
/// shut nothing crosses between the nodes inside and everything outside: what is sent is held, as a network holds it that will come back, and neither
/// end is told. Who connects is found by the port that it connects from.
/// </summary>
/// <param name="inside">The names (<c>Node:Name</c>) of the nodes inside.</param>
internal sealed class Wall(params string[] inside) : IAsyncDisposable
{
    private const int Buffer = 1 << 16;

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentBag<Task> _running = [];
    private volatile TaskCompletionSource _open = Opened();

    /// <summary>Shuts it: nothing crosses any more.</summary>
    public void Shut() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens it: what was held goes on, and so does everything else.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>An endpoint in front of another, for everybody to use in its place.</summary>
    /// <param name="target">The endpoint behind.</param>
    /// <param name="isInside">Whether what listens there is inside.</param>
    public string Before(string target, bool isInside)
    {
        var listener = new TcpListener(IPEndPoint.Parse(NodeAddresses.FreeEndpoint()));
        listener.Start();
        _running.Add(Accept(listener, IPEndPoint.Parse(target), isInside));
        return listener.LocalEndpoint.ToString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_running);
        _ended.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task Accept(TcpListener listener, IPEndPoint target, bool isInside)
    {
        try
        {
            while (true) _running.Add(Carry(await listener.AcceptTcpClientAsync(_ended.Token), target, isInside));
        }
        catch (OperationCanceledException)
        {
            listener.Dispose();
        }
    }

    private async Task Carry(TcpClient from, IPEndPoint target, bool isInside)
    {
        using var to = new TcpClient();
        using (from)
        {
            try
            {
                var crosses = inside.Contains(ConnectedNode.NameOf((IPEndPoint)from.Client.RemoteEndPoint!)) != isInside;
                await Pass(crosses);
                await to.ConnectAsync(target, _ended.Token);
                (from.NoDelay, to.NoDelay) = (true, true);
                await Task.WhenAll(Pump(from, to, crosses), Pump(to, from, crosses));
            }
            catch (Exception e) when (IsOver(e))
            {
                // One end is gone: both are closed.
            }
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, bool crosses)
    {
        try
        {
            var (buffer, read) = (new byte[Buffer], 0);
            while ((read = await from.GetStream().ReadAsync(buffer, _ended.Token)) > 0)
            {
                await Pass(crosses);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _ended.Token);
            }
            await Pass(crosses);
            to.Client?.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (IsOver(e))
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private static bool IsOver(Exception failure) =>
        failure is SocketException or IOException or OperationCanceledException or InvalidOperationException;

    private Task Pass(bool crosses) => crosses ? _open.Task.WaitAsync(_ended.Token) : Task.CompletedTask;
}
