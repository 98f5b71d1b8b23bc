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
    public async Task Follow() => await Link.Hints.SubscribeAsync(Keys.Hints, (channel, told) =>
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
        await Guarded(async () => await Observed(() => Link.Read(script, keys, values)), cancellation);

    /// <summary>The same of one that writes and is not asked again by itself.</summary>
    public async Task<RedisResult[]> Write(RedisScript script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellation) =>
        await Guarded(async () => await Observed(() => Link.Write(script, keys, values)), cancellation);

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

    /// <summary>Runs a command and looks at the state that its answer begins with.</summary>
    public async Task<RedisResult[]> Observed(Func<Task<RedisResult>> run)
    {
        // Before it is asked: an answer may come late, but no server may be below what was seen before.
        var floor = State;
        var answer = (RedisResult[])(await run())!;
        await Observe(floor, LedgerState.Read(answer));
        return answer;
    }

    /// <summary>Opens a new epoch if the server's ledger ends before a position.</summary>
    public async Task OpenEpoch(long acknowledged) => await Observe(State, await AskForEpoch(State.Identity, acknowledged));

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
        if (told.Identity.Id != floor.Identity.Id)
            throw SetBack($"The ledger of {Home} on Redis at {Link.Server} is gone: another is in its place.");
        var isNewEpoch = told.Identity.Epoch != floor.Identity.Epoch;
        if (!isNewEpoch && told.Head < floor.Head)
        {
            told = await AskForEpoch(floor.Identity, floor.Head);
            isNewEpoch = told.Identity.Epoch != floor.Identity.Epoch;
        }
        if (isNewEpoch && told.EpochFrom < floor.Head)
        {
            throw SetBack($"The ledger of {Home} on Redis at {Link.Server} went back from {floor.Head} to {told.EpochFrom}: acknowledged records are "
                + $"gone. Epoch {told.Identity.Epoch} is open; the node starts anew.");
        }

        Advance(told);
    }

    private async Task<LedgerState> AskForEpoch(LedgerIdentity present, long acknowledged)
    {
        var next = present with { Epoch = present.Epoch + 1 };
        return LedgerState.Read((RedisResult[])(await Link.Write(
            RedisScript.Epoch, [Keys.Meta],
            [SmallFormats.Identity(present), SmallFormats.Identity(next), next.Epoch, acknowledged]))!);
    }

    private void Advance(LedgerState told)
    {
        lock (_gate)
        {
            var known = _state;
            if (told.Identity.Epoch < known.Identity.Epoch || (told.Head <= known.Head && told.RetiredTo <= known.RetiredTo
                && told.Identity == known.Identity)) return;
            Volatile.Write(ref _state, told with
            {
                Head = Math.Max(told.Head, known.Head),
                RetiredTo = Math.Max(told.RetiredTo, known.RetiredTo),
            });
        }

        Waiters.Advance(State.Head);
    }

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

/// <summary>A ledger as a server tells of it.</summary>
/// <param name="Identity">Identity and epoch.</param>
/// <param name="Head">The newest position.</param>
/// <param name="RetiredTo">Rows and records up to here may be gone.</param>
/// <param name="EpochFrom">The head with which the epoch began: what was above in the one before is gone.</param>
internal sealed record LedgerState(LedgerIdentity Identity, long Head, long RetiredTo, long EpochFrom)
{
    /// <summary>Reads what an answer begins with.</summary>
    public static LedgerState Read(RedisResult[] answer) => answer is [{ IsNull: false } id, ..]
        ? new(SmallFormats.ReadIdentity((byte[])id!), (long)answer[1], (long)answer[2], (long)answer[3])
        : new(default, 0, 0, 0);
}

/// <summary>A ledger holds less than was acknowledged: its server lost writes, or another took its place.</summary>
public sealed class LedgerSetBackException(string message) : Exception(message), INamesNoValue;
