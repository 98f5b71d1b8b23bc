using System.Buffers.Binary;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>
/// What the committer knows of one home without asking the database. Only the committer's thread changes it; the head may be
/// read by all. After a failed write it is loaded again, because the outcome is unknown.
/// </summary>
#pragma warning disable CA1001 // It lives as long as its process: what the lock holds goes with it.
internal sealed class HomeLedger(Home home)
#pragma warning restore CA1001
{
    private readonly Dictionary<string, OwnerState> owners = [];
    private readonly Dictionary<uint, Watermark> watermarks = [];
    private readonly ReaderWriterLockSlim deriving = new();
    private readonly Lock identityGate = new();
    private LedgerIdentity? opening;
    private long head;
    private long retiredTo;

    public Home Home { get; } = home;
    public uint Prefix { get; } = Keys.Prefix(home);
    public LedgerIdentity Identity
    {
        get
        {
            lock (identityGate) return field;
        }
        private set
        {
            lock (identityGate) field = value;
        }
    }

    public HeadWaiters Waiters { get; } = new();
    public GrownSubjects Grown { get; } = new();

    /// <summary>The newest durable position.</summary>
    public long Head => Volatile.Read(ref head);

    /// <summary>Rows and records up to here may be gone.</summary>
    public long RetiredTo => Volatile.Read(ref retiredTo);

    /// <summary>The newest position that the group in flight has given out.</summary>
    public long Next { get; set; }

    /// <summary>Reads everything from the database; false if this home has no ledger in it yet.</summary>
    public bool Load(Database database)
    {
        owners.Clear();
        watermarks.Clear();
        if (database.Get(Family.Meta, Keys.Meta(Prefix, MetaKind.Identity)) is not { } identity) return false;
        Identity = SmallFormats.ReadIdentity(identity);
        opening = null;
        Volatile.Write(ref head, ReadHead(database));
        Next = Head;
        RetireTo(ReadFirst(database) - 1);
        var numbered = new Dictionary<uint, OwnerState>();
        Walk(database, MetaKind.Owner, (rest, value) =>
        {
            var owner = new OwnerState(BinaryPrimitives.ReadUInt32BigEndian(rest), SmallFormats.ReadText(value));
            owners.Add(owner.Name, owner);
            numbered.Add(owner.Number, owner);
        });
        Walk(database, MetaKind.Marking, (rest, _) => numbered[BinaryPrimitives.ReadUInt32BigEndian(rest)].Markings
            .Add(BinaryPrimitives.ReadUInt64BigEndian(rest[4..])));
        Walk(database, MetaKind.Watermark, (rest, value) =>
            watermarks[BinaryPrimitives.ReadUInt32BigEndian(rest)] = SmallFormats.ReadWatermark(value));
        // A group that seemed to fail may be there after all, and nothing will publish it.
        Waiters.Advance(Head);
        return true;
    }

    /// <summary>Adds a new ledger to a batch.</summary>
    public void Create(BatchBuffer batch, Guid id) => batch.Put(
        Family.Meta, Keys.Meta(Prefix, MetaKind.Identity), SmallFormats.Identity(new LedgerIdentity(id, 1)));

    /// <summary>The owner's state; a new owner gets the next number, put into the batch.</summary>
    public OwnerState Owner(string name, BatchBuffer batch)
    {
        if (owners.TryGetValue(name, out var known)) return known;
        var owner = new OwnerState((uint)owners.Count + 1, name);
        owners.Add(name, owner);
        batch.Put(Family.Meta, Keys.Owner(Prefix, owner.Number), SmallFormats.Text(name));
        return owner;
    }

    /// <summary>The watermark of a source, the group in flight included.</summary>
    public Watermark WatermarkOf(uint source) => watermarks.GetValueOrDefault(source);

    /// <summary>Moves a watermark, in memory and in the batch.</summary>
    public void MoveWatermark(uint source, Watermark to, BatchBuffer batch)
    {
        watermarks[source] = to;
        batch.Put(Family.Meta, Keys.Watermark(Prefix, source), SmallFormats.Watermark(to));
    }

    /// <summary>Whether an epoch is the present one, and the group in flight begins no other.</summary>
    public bool IsIn(int epoch) => opening is null && Identity.Epoch == epoch;

    /// <summary>Begins a new epoch with the group in flight; false if it begins one already.</summary>
    public bool OpenEpoch(BatchBuffer batch)
    {
        if (opening is not null) return false;
        opening = Identity with { Epoch = Identity.Epoch + 1 };
        batch.Put(Family.Meta, Keys.Meta(Prefix, MetaKind.Identity), SmallFormats.Identity(opening.Value));
        return true;
    }

    /// <summary>Writes a group that may begin an epoch while nothing derived is written: what was read before is not written after.</summary>
    public void WriteAlone(Action write)
    {
        deriving.EnterWriteLock();
        try
        {
            write();
            if (opening is { } opened) (Identity, opening) = (opened, null);
        }
        finally
        {
            deriving.ExitWriteLock();
        }
    }

    /// <summary>Writes something derived, if the ledger is in the epoch in which it was read.</summary>
    public bool Derive(int epoch, Func<bool> write)
    {
        deriving.EnterReadLock();
        try
        {
            return Identity.Epoch == epoch && write();
        }
        finally
        {
            deriving.ExitReadLock();
        }
    }

    /// <summary>The group is durable: its positions may be seen.</summary>
    public void Publish()
    {
        if (Next == head) return;
        Volatile.Write(ref head, Next);
        Waiters.Advance(Next);
        Grown.Publish();
    }

    /// <summary>Says that rows and records up to here may go. Any thread; it never goes back.</summary>
    public void RetireTo(long position)
    {
        for (var known = RetiredTo; position > known;)
        {
            var seen = Interlocked.CompareExchange(ref retiredTo, position, known);
            if (seen == known) return;
            known = seen;
        }
    }

    // The oldest position that there is; the next one if there is none.
    private long ReadFirst(Database database)
    {
        var from = new byte[Keys.PositionSize];
        Keys.WritePosition(from, Prefix, 0);
        var found = Head + 1;
        database.Scan(Family.Ledger, from.AsSpan(0, Keys.PrefixSize), from, backwards: false, (key, _) =>
        {
            found = Keys.ReadTrailingPosition(key);
            return false;
        });
        return found;
    }

    // The newest record says it, and where retention has taken it away, what was written then.
    private long ReadHead(Database database)
    {
        var from = new byte[Keys.PositionSize];
        Keys.WritePosition(from, Prefix, long.MaxValue);
        var atRetirement = database.Get(Family.Meta, Keys.Head(Prefix)) is { } known ? SmallFormats.ReadNumber(known) : 0;
        var found = atRetirement;
        database.Scan(Family.Ledger, from.AsSpan(0, Keys.PrefixSize), from, backwards: true, (key, value) =>
        {
            var newest = Keys.ReadTrailingPosition(key);
            RecordFormat.Read(newest, value.ToArray());
            found = Math.Max(newest, atRetirement);
            return false;
        });
        return found;
    }

    private void Walk(Database database, MetaKind kind, RestVisitor visit)
    {
        var prefix = Keys.Meta(Prefix, kind);
        database.Scan(Family.Meta, prefix, prefix, backwards: false, (key, value) =>
        {
            visit(key[prefix.Length..], value);
            return true;
        });
    }

    private delegate void RestVisitor(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> value);
}

/// <summary>An owner as one home knows it.</summary>
/// <param name="Number">Interned exactly, from 1: a hash could let one owner meet another's identifiers.</param>
/// <param name="Name">The owner.</param>
internal sealed record OwnerState(uint Number, string Name)
{
    /// <summary>The distinct markings, each with kind and types, that the owner ever used here, up to one more than the bound on one
    /// observable.</summary>
    public HashSet<ulong> Markings { get; } = [];
}
