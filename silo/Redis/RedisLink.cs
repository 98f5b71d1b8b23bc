using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// The connections to one server (or cluster): one for what is written, so that a large commit and a read do not wait for each other,
/// one for reads and hints. After each reconnection the server is checked again before anything is written: it may be another one.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _writing;
    private readonly ConnectionMultiplexer _reading;
    private readonly RedisStoreOptions _options;
    private readonly SemaphoreSlim _checking = new(1);
    private long _changes = 1;
    private long _checked;

    private RedisLink(ConnectionMultiplexer writing, ConnectionMultiplexer reading, string server, RedisStoreOptions options)
    {
        (_writing, _reading, _options, Server) = (writing, reading, options, server);
        _writing.ConnectionRestored += (_, _) => Interlocked.Increment(ref _changes);
        _writing.ConfigurationChanged += (_, _) => Interlocked.Increment(ref _changes);
    }

    /// <summary>Host and port, without credentials: for messages.</summary>
    public string Server { get; }

    /// <summary>Reads.</summary>
    public IDatabase Reads => _reading.GetDatabase();

    /// <summary>Hints.</summary>
    public ISubscriber Hints => _reading.GetSubscriber();

    /// <summary>Connects; throws what the client throws when it cannot.</summary>
    public static async Task<RedisLink> Open(string server, RedisStoreOptions options)
    {
        var configuration = Configured(server, options.Timeout);
        var name = string.Join(',', configuration.EndPoints.Select(ServerChecks.NameOf));
        ConnectionMultiplexer? writing = null;
        try
        {
            writing = await ConnectionMultiplexer.ConnectAsync(configuration);
            return new(writing, await ConnectionMultiplexer.ConnectAsync(configuration), name, options);
        }
        catch (Exception e) when (RedisErrors.IsRedis(e))
        {
            if (writing is not null) await writing.DisposeAsync();
            throw RedisErrors.Told(e, name);
        }
    }

    /// <summary>Runs a script that writes.</summary>
    public async Task<RedisResult> Write(RedisScript script, RedisKey[] keys, RedisValue[] values)
    {
        await CheckOnce();
        return await Run(_writing.GetDatabase(), script, keys, values);
    }

    /// <summary>Runs a script that only reads.</summary>
    public Task<RedisResult> Read(RedisScript script, RedisKey[] keys, RedisValue[] values) => Run(Reads, script, keys, values);

    /// <summary>Checks the server, unless nothing has changed since it was; throws when it must not be written to.</summary>
    public async Task CheckOnce()
    {
        if (Volatile.Read(ref _checked) == Volatile.Read(ref _changes)) return;
        await _checking.WaitAsync();
        try
        {
            var changes = Volatile.Read(ref _changes);
            if (_checked == changes) return;
            await ServerChecks.Check(_writing, _options);
            Volatile.Write(ref _checked, changes);
        }
        finally
        {
            _checking.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.DisposeAsync();
        await _reading.DisposeAsync();
        _checking.Dispose();
    }

    private static ConfigurationOptions Configured(string server, TimeSpan timeout)
    {
        var configuration = ConfigurationOptions.Parse(server);
        var milliseconds = (int)timeout.TotalMilliseconds;
        configuration.AbortOnConnectFail = true;
        configuration.ConnectTimeout = milliseconds;
        configuration.AsyncTimeout = milliseconds;
        configuration.SyncTimeout = milliseconds;
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ReconnectRetryPolicy = new PatientRetry(milliseconds);
        // What it would tell are keys and arguments.
        configuration.IncludeDetailInExceptions = false;
        configuration.ClientName ??= "CrossBorderSoc";
        // The start-up checks read the server's settings.
        configuration.AllowAdmin = true;
        return configuration;
    }

    private static async Task<RedisResult> Run(IDatabase database, RedisScript script, RedisKey[] keys, RedisValue[] values)
    {
        const CommandFlags flags = CommandFlags.DemandMaster;
        try
        {
            return await database.ScriptEvaluateAsync(script.Sha1, keys, values, flags);
        }
        catch (RedisServerException e) when (RedisErrors.IsNoScript(e))
        {
            // Nothing was carried out. A restarted server, or another of a cluster, has not seen it.
            return await database.ScriptEvaluateAsync(script.Text, keys, values, flags | CommandFlags.NoScriptCache);
        }
    }
}

/// <summary>
/// When a connection is tried again: soon, then ever later. The client gives up an attempt that is under way for as long, too, so that a
/// constant short period would keep a busy machine from ever connecting.
/// </summary>
internal sealed class PatientRetry(int mostMilliseconds) : IReconnectRetryPolicy
{
    private const int FirstMilliseconds = 250;
    private const int DoublingsMax = 10;

    public bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry) =>
        timeElapsedMillisecondsSinceLastRetry
        >= Math.Min(mostMilliseconds, FirstMilliseconds << (int)Math.Clamp(currentRetryCount, 0, DoublingsMax));
}
