using System.Text;

namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>A server with a supervisor, as an operator runs one: what ends by itself is started again.</summary>
internal sealed class Supervised(string name, Func<Launch> launch) : IDisposable
{
    private const int LookEvery = 100;
    private const int StartsApart = 700;
    private const int LogMax = 200_000;
    private readonly Lock _gate = new();
    private readonly StringBuilder _past = new();
    private ServerProcess? _process;
    private bool _wanted;

    public string Name => name;

    /// <summary>How often it ended by itself since the beginning.</summary>
    public int EndedByItself { get; private set; }

    public bool IsReady
    {
        get { lock (_gate) return _process is { HasExited: false, IsReady: true }; }
    }

    /// <summary>What its processes wrote, the newest last.</summary>
    public string Log
    {
        get { lock (_gate) return _past + (_process?.Output ?? ""); }
    }

    /// <summary>Looks after it until cancelled.</summary>
    public async Task Supervise(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var started = Look();
            try
            {
                await Pause.For(started ? StartsApart : LookEvery, cancellation);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    public void Up()
    {
        lock (_gate) _wanted = true;
    }

    /// <summary>SIGKILL, and it stays down until <see cref="Up"/>.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _wanted = false;
            _process?.Kill();
            Forget();
        }
    }

    public void Signal(int signal)
    {
        lock (_gate) _process?.Signal(signal);
    }

    /// <summary>SIGTERM, and SIGKILL if that does not end it in time; then up again. Gives whether it ended by itself.</summary>
    public async Task<bool> Replace(TimeSpan within)
    {
        ServerProcess? before;
        lock (_gate) (_wanted, before) = (false, _process);
        if (before is null) return false;
        before.Signal(Native.SigTerm);
        var ended = await before.Ends(within);
        lock (_gate)
        {
            before.Kill();
            if (_process == before) Forget();
            _wanted = true;
        }
        return ended;
    }

    public void Dispose() => Kill();

    private bool Look()
    {
        lock (_gate)
        {
            if (!_wanted || _process is { HasExited: false }) return false;
            if (_process is not null)
            {
                EndedByItself++;
                Forget();
            }
            _process = new ServerProcess(launch());
            return true;
        }
    }

    private void Forget()
    {
        if (_process is null) return;
        _past.Append(_process.Output).Append("----- end of a process of ").AppendLine(name);
        if (_past.Length > LogMax) _past.Remove(0, _past.Length - LogMax);
        _process.Dispose();
        _process = null;
    }
}
