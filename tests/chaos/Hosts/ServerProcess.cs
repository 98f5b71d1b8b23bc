using System.Diagnostics;
using System.Text;

namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>How a server is started.</summary>
/// <param name="Name">Of the server.</param>
/// <param name="Command">Program and arguments, with what it is to run on.</param>
/// <param name="Environment">Added to ours.</param>
/// <param name="Ready">What the line begins with, or contains, that says that it serves.</param>
internal sealed record Launch(string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string Ready);

/// <summary>A real process; ended by its own id.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int LinesKept = 400;
    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly string _readyWord;
    private volatile bool _ready;

    public ServerProcess(Launch launch)
    {
        _readyWord = launch.Ready;
        var start = new ProcessStartInfo(launch.Command[0], launch.Command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (key, value) in launch.Environment) start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it has said that it serves.</summary>
    public bool IsReady => _ready;

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines that it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                var all = new StringBuilder();
                foreach (var line in _lines) all.AppendLine(line);
                return all.ToString();
            }
        }
    }

    public void Signal(int signal)
    {
        if (!_process.HasExited) Native.Signal(_process.Id, signal);
    }

    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Whether it ends within a time.</summary>
    public async Task<bool> Ends(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _process.Dispose();

    private void Take(string? line)
    {
        if (line is null) return;
        if (line.Contains(_readyWord, StringComparison.Ordinal)) _ready = true;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }
}
