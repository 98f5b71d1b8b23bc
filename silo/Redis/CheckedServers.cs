using System.Net;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// Which servers of a connection were found fit to hold a ledger. They are looked at again when a connection was made anew, when one that
/// was not looked at may be written to (a replica that was promoted, a node that joined), and once a minute.
/// </summary>
internal sealed class CheckedServers(ConnectionMultiplexer connection, bool isEncrypted, RedisStoreOptions options) : IDisposable
{
    private readonly SemaphoreSlim _checking = new(1);
    private readonly HashSet<string> _told = [];
    private long _changes;
    private Checked? _last;

    /// <summary>A connection was made anew: behind it may be another server.</summary>
    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>Checks, unless that was done; throws when the servers must not be written to.</summary>
    public async Task CheckOnce()
    {
        if (Stands(Volatile.Read(ref _last))) return;
        await _checking.WaitAsync();
        try
        {
            if (Stands(_last)) return;
            var changes = Volatile.Read(ref _changes);
            // What is weak but accepted is told once per connection, not each minute.
            if (_last?.Changes != changes) _told.Clear();
            var servers = await ServerChecks.Check(connection, isEncrypted, options with { OnNotice = Tell });
            Volatile.Write(ref _last, new(changes, options.Time.GetTimestamp(), servers));
        }
        finally
        {
            _checking.Release();
        }
    }

    public void Dispose() => _checking.Dispose();

    private bool Stands(Checked? last) => last is not null && last.Changes == Volatile.Read(ref _changes)
        && options.Time.GetElapsedTime(last.At) < options.Tuning.CheckAgainAfter
        && Array.TrueForAll(connection.GetServers(), server =>
            !server.IsConnected || server.IsReplica || last.Servers.Contains(server.EndPoint));

    private void Tell(string notice)
    {
        if (_told.Add(notice)) options.OnNotice(notice);
    }

    private sealed record Checked(long Changes, long At, IReadOnlySet<EndPoint> Servers);
}
