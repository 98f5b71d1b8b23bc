using System.Globalization;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis.Commit;

/// <summary>
/// The one writer of a home in this process, beside those of other processes: takes what waits as one group, commits it with one script,
/// then acknowledges. A command whose outcome is unknown is asked for again under the same turn, and the script tells what became of it.
/// </summary>
internal sealed class RedisCommitter : IAsyncDisposable
{
    private const int AttemptsMax = 32;
    private readonly RedisLedger _ledger;
    private readonly OutageBoard _board;
    private readonly RedisTuning _tuning;
    private readonly TimeProvider _time;
    private readonly GroupMarkings _markings;
    private readonly MarkingReader _reader;
    private readonly GroupBuilder _builder;
    private readonly CommitQueue _queue;
    private readonly RedisValue _writer;
    private readonly Task _running;
    private bool _expectsKnown;
    private long _turn;
    private long _failedAt;
    private string? _failure;

    public RedisCommitter(RedisLedger ledger, OutageBoard board)
    {
        (_ledger, _board, _tuning, _time) = (ledger, board, ledger.Options.Tuning, ledger.Options.Time);
        _markings = new(_tuning.CensusSubjectsKeptMax);
        _reader = new(ledger, ledger.Options.Census);
        _builder = new(_markings);
        _queue = new(_tuning);
        _writer = ledger.Options.NewGuid().ToByteArray();
        _running = Task.Run(Run);
    }

    /// <summary>Queues a write; its own task tells the outcome.</summary>
    public void Add(PendingWrite write, CancellationToken cancellation) => _queue.Add(write, cancellation);

    /// <summary>Commits what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _running;
        _queue.Dispose();
    }

    private async Task Run()
    {
        var taken = new List<PendingWrite>();
        while (await _queue.TakeAsync(taken, _tuning.IdleAfter))
        {
            await Commit(taken);
            taken.Clear();
        }
    }

    private async Task Commit(List<PendingWrite> taken)
    {
        try
        {
            var wasFailing = _failure is not null;
            if (wasFailing && _time.GetElapsedTime(_failedAt) < _tuning.IdleAfter)
            {
                Refuse(taken, null);
                return;
            }

            if (wasFailing || taken.Count == 0) await Look(wasFailing);
            if (taken.Count == 0) return;
            await _ledger.Guarded(() => WriteGroup(taken), default);
        }
        catch (Exception reason)
        {
            Fail(reason);
            Refuse(taken, reason);
            return;
        }

        foreach (var write in taken) write.Complete();
    }

    // Idle: where is the head? Failing: does the server take a write again?
    private async Task Look(bool wasFailing)
    {
        RedisKey[] meta = [_ledger.Keys.Meta];
        if (!wasFailing)
        {
            await _ledger.Refresh();
            return;
        }

        await _ledger.Write(RedisScript.Probe, meta, [], default);
        _failure = null;
        _board.Back(this);
    }

    private async Task<bool> WriteGroup(List<PendingWrite> group)
    {
        _builder.Begin(group);
        var known = _expectsKnown && await LookUp();
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var values = _builder.Build();
            if (_markings.Missing.Count > 0)
            {
                foreach (var (subject, markings) in await _reader.Read(_markings.Missing)) _markings.Learn(subject, markings);
                continue;
            }

            if (values is null)
            {
                _builder.Settle(0);
                return _expectsKnown = known;
            }

            var answer = await Ask(values, ++_turn);
            if (IsDone(answer, ref known)) return _expectsKnown = known;
        }

        throw new StoreUnavailableException("The store is busy: others write the same at once.");
    }

    private bool IsDone(RedisResult[] answer, ref bool known)
    {
        switch ((string?)answer[4])
        {
            case "done":
                _builder.Complete((long)answer[5]);
                foreach (var subject in _builder.Grown) _ledger.Grown.AddRow(subject.Family, subject.Digest);
                _ledger.Grown.Publish();
                return true;
            case "wrong":
                var wrong = (RedisResult[])answer[5]!;
                known |= Array.Exists(wrong, each => (string?)each == "known");
                _builder.Learn(wrong);
                return false;
            case "ledger":
                // A new epoch that this node may live with: what it has seen is there.
                return false;
            default:
                throw new StoreUnavailableException("A turn of this writer came too late.");
        }
    }

    // Where a producer sends again, it is cheaper to ask first than to send all in vain.
    private async Task<bool> LookUp()
    {
        var known = false;
        foreach (var (owner, ids, learn) in _builder.Identifiers())
        {
            var found = await _ledger.Link.Reads.HashGetAsync(_ledger.Keys.Identifiers(owner), ids, CommandFlags.DemandMaster);
            for (var i = 0; i < found.Length; i++)
            {
                if (found[i].IsNull) continue;
                learn(i, (byte[])found[i]!);
                known = true;
            }
        }

        return known;
    }

    private async Task<RedisResult[]> Ask(RedisValue[] values, long turn)
    {
        values[2] = _writer;
        values[3] = turn;
        values[4] = ((long)_tuning.TurnKept.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await _ledger.ObservedFenced(RedisScript.Commit, [_ledger.Keys.Meta], values);
            }
            catch (Exception e) when (MayComeRound(e) && _failure is null && _time.GetElapsedTime(started) < _ledger.Options.GiveUpAfter)
            {
                await Task.Delay(_tuning.AskAgainAfter, _time);
            }
        }
    }

    private static bool MayComeRound(Exception failure) => RedisErrors.IsUnknown(failure)
        || (failure is RedisServerException refused
            && RedisErrors.CodeOf(refused) is "LOADING" or "TRYAGAIN" or "CLUSTERDOWN" or "MASTERDOWN" or "BUSY");

    private void Fail(Exception reason)
    {
        // Too much at once is no outage.
        if (reason is StoreUnavailableException { CannotWrite: false } && _failure is null) return;
        _failedAt = _time.GetTimestamp();
        _failure = reason is INamesNoValue or StoreRefusedException ? reason.Message : LoggedFailure.Of(reason);
        _board.Out(this, _failure);
    }

    private void Refuse(List<PendingWrite> taken, Exception? reason)
    {
        if (taken.Count == 0) return;
        var refusal = new StoreUnavailableException($"The store cannot write, nothing was acknowledged: {_failure ?? reason?.Message}")
        {
            CannotWrite = _failure is not null,
        };
        foreach (var write in taken) write.Fail(refusal);
    }
}
