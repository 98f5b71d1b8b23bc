using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>
/// What stands before a silo at the endpoint that others are told: it passes on every byte, both ways, and keeps it, by the process at the
/// other end.
/// </summary>
internal sealed class RecordedWire : IDisposable
{
    private const long BytesMax = 512L << 20;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _silo;
    private readonly Lock _lock = new();
    private readonly List<(int Process, MemoryStream Bytes)> _recorded = [];
    private readonly List<Socket> _sockets = [];
    private long _bytes;

    public RecordedWire(string silo)
    {
        _silo = IPEndPoint.Parse(silo);
        _listener.Start();
        Advertised = _listener.LocalEndpoint.ToString()!;
        Accepting = Accept();
    }

    /// <summary>Where others reach the silo.</summary>
    public string Advertised { get; }

    private Task Accepting { get; }

    /// <summary>What went to and fro between the silo and each process that has called it.</summary>
    public IReadOnlyList<(int Process, byte[] Bytes)> Recorded
    {
        get
        {
            lock (_lock)
            {
                if (_bytes > BytesMax) throw new InvalidOperationException("More went over the wire than is kept.");
                return [.. _recorded.Select(each => (each.Process, each.Bytes.ToArray()))];
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_lock)
            foreach (var socket in _sockets) socket.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptSocketAsync();
                _ = Connect(caller);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The grid is over.
        }
    }

    private async Task Connect(Socket caller)
    {
        var silo = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var process = SocketOwner.Of((IPEndPoint)caller.RemoteEndPoint!);
        lock (_lock) _sockets.AddRange([caller, silo]);
        try
        {
            await silo.ConnectAsync(_silo);
            await Task.WhenAny(Pass(caller, silo, process), Pass(silo, caller, process));
        }
        catch (SocketException)
        {
            // Nobody is there: the caller is told by the end of the connection.
        }
        caller.Dispose();
        silo.Dispose();
    }

    private async Task Pass(Socket from, Socket to, int process)
    {
        var (buffer, record) = (new byte[1 << 16], new MemoryStream());
        lock (_lock) _recorded.Add((process, record));
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                lock (_lock)
                    if ((_bytes += count) <= BytesMax) record.Write(buffer, 0, count);
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The other end is gone.
        }
    }
}
