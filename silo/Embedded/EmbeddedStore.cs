using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Commit;
using CrossBorderSoc.Silo.Embedded.Engine;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>
/// The store of a node without configuration: one RocksDB database for all its homes, one committer, one write-ahead log, so that
/// 28 homes cost one sync. Design, section 6.
/// </summary>
public sealed class EmbeddedStore : IGridStore, IAsyncDisposable
{
    private readonly StoreFiles files;
    private readonly AcknowledgedMark mark;
    private readonly LiveDatabase live;
    private readonly Committer committer;
    private readonly TableVerification verification;
    private readonly Dictionary<Home, EmbeddedHomeStore> homes;
    private int disposed;

    private EmbeddedStore(StoreFiles files, AcknowledgedMark mark, Database database, EmbeddedStoreOptions options)
    {
        this.files = files;
        this.mark = mark;
        live = new LiveDatabase(database, options.OnDamage);
        verification = TableVerification.Start(database, files.Store, options.Tuning, live.Fail);
        var ledgers = Opening.Guarded(files, () => LoadLedgers(database, options));
        committer = new Committer(live, ledgers, files, mark, options);
        homes = ledgers.ToDictionary(ledger => ledger.Home, ledger => new EmbeddedHomeStore(ledger, live, committer));
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<Home> Homes => homes.Keys;

    /// <inheritdoc/>
    public IHomeStore this[Home home] => homes.TryGetValue(home, out var store)
        ? store
        : throw new ArgumentException($"This node does not carry {home}.", nameof(home));

    /// <summary>
    /// Opens the store of a directory. Throws <see cref="StoreRefusedException"/> when another process has it or its format is
    /// newer, and <see cref="StoreDamagedException"/>, naming the file, when something in it is not what was written.
    /// </summary>
    public static EmbeddedStore Open(EmbeddedStoreOptions options)
    {
        var taken = StoreFiles.Take(options.Directory);
        AcknowledgedMark? acknowledged = null;
        Database? database = null;
        try
        {
            Opening.CreateIfMissing(taken, options.Tuning);
            FormatDocument.Check(taken.Format);
            acknowledged = AcknowledgedMark.Open(taken.Mark);
            database = Opening.Open(taken, acknowledged, options.Tuning);
            FormatDocument.Raise(taken.Format);
            return new EmbeddedStore(taken, acknowledged, database, options);
        }
        catch
        {
            database?.Dispose();
            acknowledged?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Commits what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await Task.Run(Close);
    }

    private void Close()
    {
        committer.Dispose();
        verification.Dispose();
        var closed = new StoreUnavailableException("The store is closed.");
        foreach (var home in homes.Values) home.Close(closed);
        live.Dispose();
        mark.Dispose();
        files.Dispose();
    }

    private static List<HomeLedger> LoadLedgers(Database database, EmbeddedStoreOptions options)
    {
        var ledgers = options.Homes.Distinct().Select(home => new HomeLedger(home)).ToList();
        var batch = new BatchBuffer();
        var added = ledgers.Where(ledger => !ledger.Load(database)).ToList();
        foreach (var ledger in added) ledger.Create(batch, options.NewGuid());
        if (batch.Count == 0) return ledgers;
        database.Write(batch);
        foreach (var ledger in added) ledger.Load(database);
        return ledgers;
    }
}
