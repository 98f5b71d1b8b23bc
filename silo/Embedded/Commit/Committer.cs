using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// The one writer of a database: takes what waits as one group, writes it with one sync, then acknowledges. After a failed
/// write the outcome is unknown: nothing is acknowledged, and before the next group the database is opened again, so that what is
/// known is what is on disk.
/// </summary>
internal sealed class Committer : IDisposable
{
    private readonly LiveDatabase live;
    private readonly IReadOnlyList<HomeLedger> ledgers;
    private readonly StoreFiles files;
    private readonly StoreTuning tuning;
    private readonly TimeProvider time;
    private readonly MarkingBound markings;
    private readonly GroupWriter writer;
    private readonly CommitQueue queue;
    private readonly Thread thread;
    private readonly AcknowledgedMark mark;
    private readonly Action<string?> onOutage;
    private long group;
    private long failedAt;
    private string? failure;

    public Committer(
        LiveDatabase live, IReadOnlyList<HomeLedger> ledgers, StoreFiles files, AcknowledgedMark mark, EmbeddedStoreOptions options)
    {
        this.live = live;
        this.ledgers = ledgers;
        this.files = files;
        this.mark = mark;
        tuning = options.Tuning;
        time = options.Time;
        onOutage = options.OnOutage;
        group = mark.Group;
        markings = new MarkingBound(options.Census, tuning);
        writer = new GroupWriter(markings);
        queue = new CommitQueue(tuning);
        thread = new Thread(Run) { IsBackground = true, Name = "ledger committer" };
        thread.Start();
    }

    /// <summary>Queues a write.</summary>
    public void Add(PendingWrite write, CancellationToken cancellation) => queue.Add(write, cancellation);

    /// <summary>Commits what is queued, then stops.</summary>
    public void Dispose()
    {
        queue.Close();
        thread.Join();
        queue.Dispose();
        writer.Dispose();
    }

    private void Run()
    {
        var taken = new List<PendingWrite>();
        while (queue.Take(taken, failure is null ? Timeout.InfiniteTimeSpan : tuning.HealAfter))
        {
            Commit(taken);
            taken.Clear();
        }
    }

    private void Commit(List<PendingWrite> taken)
    {
        try
        {
            if (failure is not null && time.GetElapsedTime(failedAt) < tuning.HealAfter)
            {
                Refuse(taken, null);
                return;
            }

            if (failure is not null) Heal();
            if (taken.Count == 0) return;
            live.Use(taken, WriteGroup);
        }
        catch (Exception reason)
        {
            Fail(reason);
            Refuse(taken, reason);
            return;
        }

        foreach (var ledger in ledgers) ledger.Publish();
        foreach (var write in taken) write.Complete();
    }

    private bool WriteGroup(Database database, List<PendingWrite> taken)
    {
        var wrote = false;
        Alone(
            taken.OfType<PendingDrop>().Select(drop => drop.Ledger).Concat(taken.OfType<PendingEpoch>().Select(epoch => epoch.Ledger)).Distinct(),
            () => wrote = Write(database, taken));
        if (!wrote) return false;
        group++;
        mark.Advance(group);
        tuning.AfterWrite(group);
        return true;
    }

    private bool Write(Database database, List<PendingWrite> taken)
    {
        var batch = writer.Build(database, taken, group + 1);
        if (batch.Count > 0) database.Write(batch);
        return batch.Count > 0;
    }

    private static void Alone(IEnumerable<HomeLedger> ledgers, Action write) =>
        ledgers.Aggregate(write, (inner, ledger) => () => ledger.WriteAlone(inner))();

    private void Heal()
    {
        files.ProbeRoom(tuning.HealRoomBytes);
        live.Reopen(() => Opening.Open(files, mark, tuning), () => Opening.OpenReadOnly(files, tuning));
        live.Use(this, (database, self) => self.Reload(database));
        failure = null;
        onOutage(null);
    }

    // The newest reason is the one that holds: room may be there again, and something else be wrong.
    private void Fail(Exception reason)
    {
        var isNew = failure is null;
        failedAt = time.GetTimestamp();
        failure = reason is INamesNoValue or IOException ? reason.Message : LoggedFailure.Of(reason);
        if (reason is StoreDamagedException damage) live.Fail(damage);
        else if (isNew) onOutage(failure);
    }

    private void Refuse(List<PendingWrite> taken, Exception? reason)
    {
        if (taken.Count == 0) return;
        var refusal = new StoreUnavailableException($"The store cannot write, nothing was acknowledged: {failure}", reason)
        {
            CannotWrite = true,
        };
        foreach (var write in taken) write.Fail(refusal);
    }

    private bool Reload(Database database)
    {
        markings.Forget();
        foreach (var ledger in ledgers)
        {
            if (!ledger.Load(database)) throw new StoreDamagedException($"The ledger of {ledger.Home} is gone.");
        }

        group = Opening.ReadGroup(database);
        return true;
    }
}
