using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// The connections to one server (or cluster): one for what is written, so that a large commit and a read do not wait for each other,
/// one for reads and hints. After each reconnection the server is checked again before anything is written: it may be another one.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly ConnectionMultiplexer _writing;
    private readonly CheckedServers _checked;
    private readonly List<(RedisChannel Channel, Action<RedisChannel, RedisValue> Hear)> _followed = [];
    private readonly SemaphoreSlim _renewing = new(1);
    private ConnectionMultiplexer _reading;
    private bool _closed;

    private RedisLink(ConfigurationOptions configuration, ConnectionMultiplexer writing, ConnectionMultiplexer reading, RedisStoreOptions options)
    {
        (_configuration, _writing, _reading) = (configuration, writing, reading);
        _checked = new(writing, configuration.Ssl, options);
        _writing.ConnectionRestored += (_, _) => _checked.Changed();
        _writing.ConfigurationChanged += (_, _) => _checked.Changed();
    }

    /// <summary>Host and port, without credentials: for messages.</summary>
    public string Server => NameOf(_configuration);

    /// <summary>Reads.</summary>
    public IDatabase Reads => Volatile.Read(ref _reading).GetDatabase();

    /// <summary>Connects; throws what the client throws when it cannot.</summary>
    public static async Task<RedisLink> Open(string server, RedisStoreOptions options)
    {
        var configuration = Configured(server, options.Timeout);
        ConnectionMultiplexer? writing = null;
        try
        {
            writing = await ConnectionMultiplexer.ConnectAsync(configuration);
            return new(configuration, writing, await ConnectionMultiplexer.ConnectAsync(configuration), options);
        }
        catch (Exception e) when (RedisErrors.IsRedis(e))
        {
            if (writing is not null) await writing.DisposeAsync();
            throw RedisErrors.Told(e, NameOf(configuration));
        }
    }

    /// <summary>Runs a script that writes.</summary>
    public async Task<RedisResult> Write(RedisScript script, RedisKey[] keys, RedisValue[] values)
    {
        await _checked.CheckOnce();
        return await Run(_writing.GetDatabase(), script, keys, values);
    }

    /// <summary>Runs a script that only reads.</summary>
    public Task<RedisResult> Read(RedisScript script, RedisKey[] keys, RedisValue[] values) => Run(Reads, script, keys, values);

    /// <summary>Hears hints.</summary>
    public async Task Follow(RedisChannel channel, Action<RedisChannel, RedisValue> hear)
    {
        _followed.Add((channel, hear));
        await _reading.GetSubscriber().SubscribeAsync(channel, hear);
    }

    /// <summary>Connects anew for reads: what they come from is behind what is written to. Keeps what there is when it cannot.</summary>
    public async Task RenewReads()
    {
        var stale = Volatile.Read(ref _reading);
        await _renewing.WaitAsync();
        try
        {
            if (_closed || _reading != stale) return;
            var fresh = await ConnectionMultiplexer.ConnectAsync(_configuration);
            foreach (var (channel, hear) in _followed) await fresh.GetSubscriber().SubscribeAsync(channel, hear);
            Volatile.Write(ref _reading, fresh);
        }
        catch (Exception e) when (RedisErrors.IsRedis(e))
        {
            return;
        }
        finally
        {
            _renewing.Release();
        }

        await stale.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _renewing.WaitAsync();
        _closed = true;
        _renewing.Release();
        await _writing.DisposeAsync();
        await _reading.DisposeAsync();
        _checked.Dispose();
    }

    private static string NameOf(ConfigurationOptions configuration) =>
        string.Join(',', configuration.EndPoints.Select(RedisEndpoints.NameOf));

    private static ConfigurationOptions Configured(string server, TimeSpan timeout)
    {
        var configuration = RedisEndpoints.Parse(server);
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
        catch (RedisServerException e) when (RedisErrors.CodeOf(e) == "READONLY")
        {
            // A primary of before: the client looks by itself only once a minute who is one now.
            await database.Multiplexer.ConfigureAsync();
            throw;
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
