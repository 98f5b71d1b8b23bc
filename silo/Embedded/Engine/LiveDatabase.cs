using CrossBorderSoc.Grains.Ledger;
using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// The database as its users see it: it may be closed and opened again under them (after a failed write), and every failure of
/// it is one of two: unavailable, or damaged.
/// </summary>
internal sealed class LiveDatabase(Database database, Action<Exception> onDamage) : IDisposable
{
    private readonly ReaderWriterLockSlim gate = new();
    private Database? current = database;
    private StoreDamagedException? damage;
    private bool isClosed;

    /// <summary>Damage was found: nothing is read or written any more, and the node is told.</summary>
    public void Fail(StoreDamagedException found)
    {
        if (Interlocked.CompareExchange(ref damage, found, null) is null) onDamage(found);
    }

    /// <summary>Runs against the open database; throws <see cref="StoreUnavailableException"/> if it fails or is closed.</summary>
    public TResult Use<TState, TResult>(TState state, Func<Database, TState, TResult> use)
    {
        gate.EnterReadLock();
        try
        {
            if (damage is not null) throw new StoreUnavailableException(damage.Message, damage);
            return use(current ?? throw new StoreUnavailableException(isClosed ? "The store is closed." : "The store is not open."), state);
        }
        catch (Exception failure) when (failure is RocksDbSharpException or InvalidDataException)
        {
            throw Classified(failure);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>
    /// Closes the database and opens it with <paramref name="open"/>. When the disk cannot serve that now, it is opened with
    /// <paramref name="openReadOnly"/>, so that reads go on, and the failure is thrown.
    /// </summary>
    public void Reopen(Func<Database> open, Func<Database> openReadOnly)
    {
        gate.EnterWriteLock();
        try
        {
            if (damage is not null) throw damage;
            current?.Dispose();
            current = null;
            current = open();
        }
        catch (Exception failure) when (failure is StoreUnavailableException or IOException)
        {
            current = openReadOnly();
            throw;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        gate.EnterWriteLock();
        isClosed = true;
        current?.Dispose();
        current = null;
        gate.ExitWriteLock();
    }

    private StoreUnavailableException Classified(Exception failure)
    {
        var damaged = failure is InvalidDataException || failure.Message.Contains("Corruption", StringComparison.Ordinal);
        if (!damaged) return new StoreUnavailableException($"The store cannot read or write: {failure.Message}", failure);
        Fail(new StoreDamagedException($"The store is damaged: {failure.Message}", failure));
        return new StoreUnavailableException($"The store is damaged: {failure.Message}", failure);
    }
}
