using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>Stands where a silo says that it is reached, on the silo's own host, and passes on, late if told so, or not at all.</summary>
internal sealed class LinkProxy : IDisposable
{
    private const int BlockBytes = 32 << 10;
    private const int LookEvery = 20;
    private readonly Socket _listener;
    private readonly IPEndPoint _silo;
    private readonly CancellationTokenSource _done = new();
    private volatile int _delay;
    private volatile bool _blocked;

    private LinkProxy(Socket listener, IPEndPoint silo) => (_listener, _silo) = (listener, silo);

    /// <summary>How late what others send arrives, in milliseconds.</summary>
    public int Delay { get => _delay; set => _delay = value; }

    /// <summary>Passes on nothing: the partition of hosts that share a loopback.</summary>
    public bool Blocked { get => _blocked; set => _blocked = value; }

    /// <summary>Begins on a host, by a thread that stays there.</summary>
    public static LinkProxy Start(Network network, string host, int port, int siloPort)
    {
        var address = IPAddress.Parse(Network.AddressOf(host));
        var ready = new TaskCompletionSource<LinkProxy>();
        new Thread(() =>
        {
            try
            {
                network.Enter(host);
                var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                listener.Bind(new IPEndPoint(address, port));
                listener.Listen();
                var proxy = new LinkProxy(listener, new(address, siloPort));
                ready.SetResult(proxy);
                proxy.Accept();
            }
            catch (Exception e)
            {
                ready.TrySetException(e);
            }
        })
        { IsBackground = true }.Start();
        return ready.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _done.Cancel();
        _listener.Dispose();
        _done.Dispose();
    }

    private void Accept()
    {
        while (true)
        {
            Socket from, to;
            try
            {
                from = _listener.Accept();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            to = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _ = Pass(from, to);
        }
    }

    private async Task Pass(Socket from, Socket to)
    {
        using (from)
        using (to)
        {
            try
            {
                (from.NoDelay, to.NoDelay) = (true, true);
                await to.ConnectAsync(_silo, _done.Token);
                await Task.WhenAny(Pump(from, to), Pump(to, from));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The connection ends on both sides.
            }
        }
    }

    private async Task Pump(Socket from, Socket to)
    {
        var block = new byte[BlockBytes];
        while (await from.ReceiveAsync(block, _done.Token) is var read and > 0)
        {
            while (_blocked) await Pause.For(LookEvery, _done.Token);
            if (_delay is var late and > 0) await Pause.For(late, _done.Token);
            for (var sent = 0; sent < read;) sent += await to.SendAsync(block.AsMemory(sent, read - sent), _done.Token);
        }
    }
}
