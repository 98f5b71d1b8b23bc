using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CrossBorderSoc.Tests.Bench.Serving;

namespace CrossBorderSoc.Tests.Bench.Driving;

/// <summary>A server in a process of its own, which ends with this object, or when this process ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string mode, string data, int port) =>
        (_process, Mode, Data, Address) = (process, mode, data, $"http://127.0.0.1:{port}");

    public string Mode { get; }

    public string Data { get; }

    public string Address { get; }

    public int Id => _process.Id;

    /// <summary>Starts this program as a server and waits until it takes calls.</summary>
    public static async Task<ServerProcess> Start(string mode, string data)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        string[] arguments =
            ["serve", "--mode", mode, "--data", data, "--port", port.ToString(CultureInfo.InvariantCulture)];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var server = new ServerProcess(Process.Start(start)!, mode, data, port);
        if (await server.Hear() == ControlLoop.Ready) return server;
        await server.DisposeAsync();
        throw new InvalidOperationException($"The server \"{mode}\" did not start.");
    }

    /// <summary>The development token of an organisation; null where there are none.</summary>
    public string? TokenOf(string organisation)
    {
        var file = Path.Combine(Data, "dev", "tokens", organisation + ".jwt");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Ledger records that the hub has not applied yet.</summary>
    public async Task<long> PendingRecords() => long.Parse(await Ask("pending"), CultureInfo.InvariantCulture);

    /// <summary>How long its garbage collector has stopped it since its start.</summary>
    public async Task<TimeSpan> Pauses() =>
        TimeSpan.FromMilliseconds(double.Parse(await Ask("pauses"), CultureInfo.InvariantCulture));

    /// <summary>Waits until the hub has applied everything.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> CatchUp()
    {
        var start = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await PendingRecords() > 0) await pause.WaitForNextTickAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Asks the server's control loop.</summary>
    public async Task<string> Ask(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await Hear()
            ?? throw new InvalidOperationException($"The server \"{Mode}\" ended.");
    }

    /// <summary>Stops it in an orderly way, so that its store closes.</summary>
    public async Task Stop()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0) throw new InvalidOperationException($"The server \"{Mode}\" ended with {_process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // What it logs goes to the error output; null at the end.
    private async Task<string?> Hear()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(ControlLoop.Mark, StringComparison.Ordinal)) return line[ControlLoop.Mark.Length..];
            await Console.Error.WriteLineAsync($"[{Mode}] {line}");
        }
        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
