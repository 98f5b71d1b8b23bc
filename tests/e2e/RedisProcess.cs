using System.Diagnostics;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>A Redis of its own for a test, on a free loopback port, with what it was told on disk.</summary>
internal sealed class RedisProcess : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;

    private RedisProcess(string endpoint)
    {
        Endpoint = endpoint;
        var port = endpoint[(endpoint.LastIndexOf(':') + 1)..];
        _process = Process.Start(new ProcessStartInfo("redis-server",
        [
            "--bind", "127.0.0.1", "--port", port, "--dir", _folder.Path, "--appendonly", "yes", "--appendfsync", "always",
            "--maxmemory-policy", "noeviction",
        ])
        { RedirectStandardOutput = true })!;
    }

    public string Endpoint { get; }

    /// <summary>Where its files lie.</summary>
    public string Files => _folder.Path;

    public static bool IsInstalled { get; } = Answers();

    /// <summary>Starts one and waits until it takes connections.</summary>
    public static async Task<RedisProcess> Start()
    {
        var redis = new RedisProcess(NodeAddresses.FreeEndpoint());
        while (await redis._process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) break;
        return redis;
    }

    /// <summary>SIGSTOP: it keeps all its connections and says nothing more.</summary>
    public Task Silence() => NodeProcess.Signal("kill", "-STOP", _process.Id);

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task Wake() => NodeProcess.Signal("kill", "-CONT", _process.Id);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static bool Answers()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("redis-server", ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
