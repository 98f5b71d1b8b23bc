using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// What a node knows of one home's ledger, and the one way to its server. Each answer of a script begins with the ledger's state, which
/// must not lie below what this node had seen before it asked: otherwise acknowledged records are gone.
/// </summary>
internal sealed class RedisLedger(Home home, RedisLink link, RedisStoreOptions options)
{
    private const int Format = 1;
    private readonly Lock _gate = new();
    private LedgerState _state = new(default, 0, 0, 0);
    private Exception? _failed;
    private int _refreshing;

    public Home Home { get; } = home;
    public RedisKeys Keys { get; } = new(home);
    public RedisLink Link { get; } = link;
    public RedisStoreOptions Options { get; } = options;
    public HeadWaiters Waiters { get; } = new();
    public GrownSubjects Grown { get; } = new();

    /// <summary>The newest state that was seen.</summary>
    public LedgerState State => Volatile.Read(ref _state);

    /// <summary>Opens the ledger, or makes it.</summary>
    public async Task Open()
    {
        var made = SmallFormats.Identity(new LedgerIdentity(Options.NewGuid(), 1));
        var answer = (RedisResult[])(await Link.Write(RedisScript.Open, [Keys.Meta], [made, Format]))!;
        if ((int)answer[4] is var format && format > Format)
        {
            throw new StoreRefusedException(
                $"The ledger of {Home} on Redis at {Link.Server} has format {format}; this version reads up to {Format}. Start the version "
                + "that wrote it.");
        }
        _state = LedgerState.Read(answer);
    }

    /// <summary>Hears of the commits of others. A hint that is lost costs time: who is idle asks by itself.</summary>
    public async Task Follow() => await Link.Follow(Keys.Hints, (channel, told) =>
    {
        if ((long?)told > State.Head && Interlocked.Exchange(ref _refreshing, 1) == 0) _ = RefreshOnHint();
    });

    /// <summary>Asks for the ledger's state.</summary>
    public async Task Refresh()
    {
        var head = State.Head;
        await Read(RedisScript.Ledger, [Keys.Meta, Keys.Ledger], [head, 0, head], default);
    }

    /// <summary>Runs a script that begins its answer with the ledger's state. Throws <see cref="StoreUnavailableException"/>.</summary>
    public async Task<RedisResult[]> Read(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellation) =>
        await Guarded(async () => await Observed(_ => Link.Read(script, keys, values)), cancellation);

    /// <summary>The same of one that writes and is not asked again by itself.</summary>
    public async Task<RedisResult[]> Write(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellation) =>
        await Guarded(async () => await Observed(_ => Link.Write(script, keys, values)), cancellation);

    /// <summary>The same of one that writes only to the ledger that is known, no shorter than it is known: it refuses any other as
    /// "ledger". Identity and head go into the first two values.</summary>
    /// <param name="script">The script.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="values">Its arguments.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <param name="epoch">The epoch in which what is written was read, where that matters: in another one it is refused for good.</param>
    public async Task<RedisResult[]> WriteFenced(
        RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellation, int? epoch = null)
    {
        while (true)
        {
            var answer = await Guarded(async () => await ObservedFenced(script, keys, values, epoch), cancellation);
            // Otherwise a new epoch which this node may live with, since what it has seen is there.
            if ((string?)answer[4] != "ledger" || (epoch is { } wanted && wanted != State.Identity.Epoch)) return answer;
        }
    }

    /// <summary>The same, asked once.</summary>
    public Task<RedisResult[]> ObservedFenced(
        RedisScript script, RedisKey[] keys, RedisValue[] values, int? epoch = null) => Observed(floor =>
    {
        values[0] = SmallFormats.Identity(floor.Identity with { Epoch = epoch ?? floor.Identity.Epoch });
        values[1] = floor.Head;
        return Link.Write(script, keys, values);
    });

    /// <summary>The same of a command that tells no state.</summary>
    public Task<T> Ask<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellation) =>
        Guarded(async () => await ask(Link.Reads), cancellation);

    /// <summary>Turns every failure into the port's. A caller that gives up leaves the command to itself.</summary>
    public async Task<T> Guarded<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _failed) is { } failed) throw new StoreUnavailableException(failed.Message) { CannotWrite = true };
        try
        {
            return await work().WaitAsync(cancellation);
        }
        catch (Exception e) when (RedisErrors.IsRedis(e) || e is InvalidDataException)
        {
            throw RedisErrors.Told(e, Link.Server);
        }
        catch (StoreRefusedException e)
        {
            throw new StoreUnavailableException(e.Message) { CannotWrite = true };
        }
    }

    // Looks at the state that an answer begins with.
    private async Task<RedisResult[]> Observed(Func<LedgerState, Task<RedisResult>> run)
    {
        // Before it is asked: an answer may come late, but no server may be below what was seen before.
        var floor = State;
        var answer = (RedisResult[])(await run(floor))!;
        await Observe(floor, LedgerState.Read(answer));
        return answer;
    }

    /// <summary>Opens a new epoch if the server's ledger ends before a position.</summary>
    public async Task OpenEpoch(long acknowledged) => Advance(await Judge(State, acknowledged));

    /// <summary>Ends the waits.</summary>
    public void Close(Exception reason) => Waiters.Close(reason);

    private async Task RefreshOnHint()
    {
        try
        {
            // A hint that comes from here on asks again.
            Volatile.Write(ref _refreshing, 0);
            await Refresh();
        }
        catch (StoreUnavailableException)
        {
            // Who writes, or is idle, finds out, too, and tells.
        }
    }

    private async Task Observe(LedgerState floor, LedgerState told)
    {
        if (!told.IsBelow(floor))
        {
            Advance(await SinceEpochOf(floor, told));
            return;
        }

        // Another server may have told this, such as a primary of before. Only the one that is written to says that something is gone.
        Advance(await SinceEpochOf(floor, await Judge(floor, floor.Head)));
        await Link.RenewReads();
        throw Stale();
    }

    // What the server that is written to says of a ledger that held more; it opens an epoch if it does not.
    private async Task<LedgerState> Judge(LedgerState floor, long head)
    {
        var next = floor.Identity with { Epoch = floor.Identity.Epoch + 1 };
        var judged = LedgerState.Read((RedisResult[])(await Link.Write(
            RedisScript.Epoch, [Keys.Meta],
            [SmallFormats.Identity(floor.Identity), SmallFormats.Identity(next), head, floor.EpochFrom, next.Epoch]))!);
        if (judged.Identity.Id == floor.Identity.Id) return judged;
        throw SetBack($"The ledger of {Home} on Redis at {Link.Server} is gone: another is in its place.");
    }

    // Of several epochs at once the least at which one began with a loss; those that drops at the hub began lost nothing (decision 17).
    private async Task<LedgerState> SinceEpochOf(LedgerState floor, LedgerState told)
    {
        if (told.Identity.Epoch <= floor.Identity.Epoch + 1) return told;
        var answer = (RedisResult[])(await Link.Write(
            RedisScript.Survivor, [Keys.Meta], [floor.Identity.Epoch + 1, told.Identity.Epoch]))!;
        return told with { EpochFrom = Math.Min(told.EpochFrom, (long)answer[4]) };
    }

    private void Advance(LedgerState told)
    {
        LedgerState known;
        lock (_gate)
        {
            known = _state;
            // It was under way while a newer epoch was learned of: what it tells may be gone.
            if (told.Identity.Epoch < known.Identity.Epoch) throw Stale();
            var next = known.With(told);
            if (next == known) return;
            if (!known.IsLostIn(told))
            {
                Volatile.Write(ref _state, next);
                known = next;
            }
        }

        if (known.IsLostIn(told))
        {
            throw SetBack($"The ledger of {Home} on Redis at {Link.Server} went back from {known.Head} to {told.EpochFrom}: acknowledged records "
                + $"are gone. Epoch {told.Identity.Epoch} is open; the node starts anew.");
        }

        Waiters.Advance(State.Head);
    }

    private StoreUnavailableException Stale() =>
        new($"A server of {Home} at {Link.Server} did not have all that is known, as after a fail-over: ask again.");

    private StoreUnavailableException SetBack(string message)
    {
        var reason = new LedgerSetBackException(message);
        if (Interlocked.CompareExchange(ref _failed, reason, null) is null)
        {
            Waiters.Close(new StoreUnavailableException(message));
            Options.OnSetBack(reason);
        }

        return new StoreUnavailableException(message) { CannotWrite = true };
    }
}
