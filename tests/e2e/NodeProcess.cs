using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using CrossBorderSoc.Client.Access;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>A real node in a process of its own, on free loopback ports. Ended by its own id, and by nothing else.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(Process process, string data, NodeAddresses at)
    {
        (_process, Data, At) = (process, data, at);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) =>
        {
            // What it said last may still be on its way.
            process.WaitForExit();
            _ready.TrySetException(new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The node ended with {process.ExitCode}:\n{Output}")));
        };
    }

    /// <summary>The process' number.</summary>
    public int Id { get; private set; }

    public string Data { get; }
    public NodeAddresses At { get; }
    public string Grpc => At.Grpc;
    public string Http => At.Http;
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public string Tokens => Path.Combine(Data, "dev", "tokens");

    public GridConnection Connect() => GridConnection.To(Grpc);

    public string TokenOf(string organisation) => new TokenFiles(Data).Read(organisation);

    /// <summary>Starts a node and waits until it says that it is ready.</summary>
    public static Task<NodeProcess> Start(string data, params string[] arguments) =>
        StartAt(data, NodeAddresses.Free(), arguments);

    /// <summary>The same, in a working directory.</summary>
    public static Task<NodeProcess> StartIn(string directory, string data, params string[] arguments) =>
        StartAt(data, NodeAddresses.Free(), arguments, directory);

    /// <summary>SIGINT to one process, as Ctrl-C.</summary>
    public static Task Interrupt(int process) => Signal("kill", "-INT", process);

    /// <summary>SIGINT to the processes that one process has started.</summary>
    public static Task InterruptChildren(int process) => Signal("pkill", "-INT", "-P", process);

    /// <summary>Sends a signal by a command.</summary>
    internal static async Task Signal(string command, params object[] arguments)
    {
        using var signal = Process.Start(command, arguments.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a}")));
        await signal.WaitForExitAsync();
    }

    /// <summary>Starts a node on given addresses.</summary>
    public static async Task<NodeProcess> StartAt(
        string data, NodeAddresses at, string[]? arguments = null, string directory = "")
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = directory,
        };
        foreach (var argument in (string[])[Repository.Silo, "--data", data, .. arguments ?? []]) start.ArgumentList.Add(argument);
        at.Tell(start);
        var node = new NodeProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, data, at);
        node._process.Start();
        node.Id = node._process.Id;
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        try
        {
            await node._ready.Task.WaitAsync(StartWithin);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL: nothing of the process runs any further.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGINT, as Ctrl-C: the node drains and stops. Gives its exit code.</summary>
    public async Task<int> Stop()
    {
        await Interrupt(_process.Id);
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return _process.ExitCode;
    }

    /// <summary>SIGTERM, as an orchestrator: the node drains and stops. Gives its exit code.</summary>
    public async Task<int> Leave()
    {
        await Signal("kill", "-TERM", _process.Id);
        await Ended();
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it keeps all its connections and says nothing more.</summary>
    public Task Silence() => Signal("kill", "-STOP", _process.Id);

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task Wake() => Signal("kill", "-CONT", _process.Id);

    /// <summary>How many bytes of memory it had at most.</summary>
    public long Memory()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task Ended() => await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

    /// <summary>What it tells its operator of releases.</summary>
    public async Task<string> Health()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(At.Operator + "/health/releases");
    }

    /// <summary>What it tells whoever asks whether it is ready.</summary>
    public async Task<string> Ready()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(Http + "/health/ready");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Waits until the hub has everything that may leave the jurisdictions.</summary>
    public async Task ReleasesCaughtUp()
    {
        await Eventually.Holds(HasReleased, "the releases have caught up", TimeSpan.FromSeconds(60));
    }

    /// <summary>Whether the hub has everything that may leave the jurisdictions.</summary>
    public async Task<bool> HasReleased()
    {
        try
        {
            return await Health() == "{\"pending_records\":0,\"unlisted_records\":0}";
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (line.StartsWith("Ready", StringComparison.Ordinal)) _ready.TrySetResult();
    }
}
