using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Tests.Unit.Store;
using StackExchange.Redis;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>
/// A redis-server of a test's own, on a free port of this machine: it syncs each write, keeps its files in a folder of its own, and ends
/// with the test. Where there is none (Debian: redis-server; tests/run.sh installs it), the tests say that they are skipped.
/// </summary>
public sealed class RedisProcess : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private string[] _settings = [];
    private Process? _process;

    /// <summary>Its port.</summary>
    public int Port { get; } = FreePort();

    /// <summary>How a store names it.</summary>
    public string Server => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public async ValueTask InitializeAsync() => await Start();

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _directory.DisposeAsync();
    }

    /// <summary>Starts it on what it has, with settings beside (or in the place of) the usual.</summary>
    public async Task Start(params string[] settings)
    {
        _settings = settings;
        string[] usual = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _directory.Path,
            "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--logfile", "redis.log"];
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", [.. usual, .. settings]));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("redis-server is not installed (Debian: apt-get install redis-server).");
        }

        await Eventually.Holds(IsReady, "redis-server answers");
    }

    /// <summary>Ends it at once, as SIGKILL does.</summary>
    public void Kill()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again as it was.</summary>
    public Task Restart() => Start(_settings);

    /// <summary>Forgets everything.</summary>
    public Task Flush() => Ask("FLUSHALL");

    /// <summary>Asks it something.</summary>
    public async Task<RedisResult> Ask(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Server + ",allowAdmin=true");
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    /// <summary>How a store of three homes on it is opened.</summary>
    public RedisStoreOptions Options(IMarkingCensus census, string? server = null) => new()
    {
        Servers = new[] { new Home("BE"), new Home("DE"), Home.Hub }.ToDictionary(home => home, _ => server ?? Server),
        Census = census,
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReady()
    {
        if (_process is { HasExited: true })
            throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(_directory.Path, "redis.log")));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            return await client.GetStream().ReadAtLeastAsync(answer, 5, throwOnEndOfStream: false) >= 5
                && answer.AsSpan().StartsWith("+PONG"u8);
        }
        catch (SocketException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
