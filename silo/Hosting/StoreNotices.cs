using System.Collections.Concurrent;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>What of a Redis could not be checked, or is weaker than it should be: warnings in the log, once there is one.</summary>
internal sealed class StoreNotices
{
    private readonly ConcurrentQueue<string> _early = new();
    private ILogger? _log;

    public void Add(string notice)
    {
        if (_log is { } log) Warn(log, notice);
        else _early.Enqueue(notice);
    }

    public void TellTo(ILogger log)
    {
        _log = log;
        while (_early.TryDequeue(out var notice)) Warn(log, notice);
    }

    private static void Warn(ILogger log, string notice) => log.LogWarning("A store: {Notice}", notice);
}
