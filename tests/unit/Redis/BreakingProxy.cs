using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>
/// Stands between a store and its server, and breaks the connection that carries a marked command: before the server has it, keeping it
/// back, or after the server has answered, losing the answer. Each break once.
/// </summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private byte[]? _loseAnswerTo;
    private byte[]? _keepBack;

    public BreakingProxy(int target)
    {
        Target = target;
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>How a store names it.</summary>
    public string Server => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The port of the server to which new connections lead.</summary>
    public int Target { get; set; }

    /// <summary>How many connections it broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>What was kept back.</summary>
    public byte[]? KeptBack { get; private set; }

    /// <summary>The next command that holds the mark is carried out, and its answer lost.</summary>
    public void LoseAnswerTo(byte[] mark) => Volatile.Write(ref _loseAnswerTo, mark);

    /// <summary>The next command that holds the mark does not arrive.</summary>
    public void KeepBack(byte[] mark) => Volatile.Write(ref _keepBack, mark);

    /// <summary>What was kept back arrives, on a connection of its own; gives what the server answers.</summary>
    public async Task<byte[]> Deliver()
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, Target);
        await server.GetStream().WriteAsync(KeptBack ?? throw new InvalidOperationException("Nothing was kept back."));
        var answer = new byte[4096];
        return answer[..await server.GetStream().ReadAsync(answer)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var carried = new List<Task>();
        try
        {
            while (true) carried.Add(Carry(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, Target, _stop.Token);
                var state = new Connection();
                // Whichever side ends first ends the other.
                await await Task.WhenAny(Requests(client, server, state), Answers(client, server, state));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A broken connection is what this is for.
            }
        }
    }

    private async Task Requests(TcpClient client, TcpClient server, Connection state)
    {
        var buffer = new byte[1 << 20];
        int read;
        while ((read = await client.GetStream().ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (Holds(buffer.AsSpan(0, read), ref _keepBack))
            {
                KeptBack = buffer[..read];
                Breaks++;
                return;
            }

            if (Holds(buffer.AsSpan(0, read), ref _loseAnswerTo)) state.LosesAnswer = true;
            await server.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private async Task Answers(TcpClient client, TcpClient server, Connection state)
    {
        var buffer = new byte[1 << 20];
        int read;
        while ((read = await server.GetStream().ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (state.LosesAnswer)
            {
                Breaks++;
                return;
            }

            await client.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private static bool Holds(ReadOnlySpan<byte> bytes, ref byte[]? mark)
    {
        if (Volatile.Read(ref mark) is not { } sought || bytes.IndexOf(sought) < 0) return false;
        return Interlocked.CompareExchange(ref mark, null, sought) == sought;
    }

    private sealed class Connection
    {
        public volatile bool LosesAnswer;
    }
}
