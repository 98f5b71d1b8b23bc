using System.Buffers.Binary;
using System.IO.Hashing;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;

namespace CrossBorderSoc.Tests.Crash.Writer;

/// <summary>What the clients of the crash test commit: a function of client and sequence, so that the checker can make it again.</summary>
public static class Workload
{
    public const int Clients = 4;
    public const int Subjects = 40;
    public const int ItemSize = 12;

    /// <summary>Acknowledgements from here on are no client's: of a home's releases, of its retirements, of the document.</summary>
    public const int Releases = 100;
    public const int Retirements = 200;
    public const int Documents = 300;
    public const string DocumentName = "clock";
    public static readonly Home[] Homes = [new("BE"), new("DE"), Home.Hub];

    /// <summary>The home that a client commits to.</summary>
    public static Home HomeOf(int client) => Homes[client % 2];

    /// <summary>Small buffers, so that flushes and compactions happen all the time.</summary>
    public static EmbeddedStoreOptions Options(string directory, bool sync, bool verifyTables) => new()
    {
        Directory = directory,
        Homes = Homes,
        Census = new NoCensus(),
        NewGuid = () => new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]),
        Tuning = new()
        {
            SyncWrites = sync,
            WriteBufferBytes = 64 << 10,
            MemtableBytes = 1 << 20,
            LogBytesMax = 256 << 10,
            BlockCacheBytes = 1 << 20,
            GroupItemsMax = 60,
            VerifyBeforeOpenBytesMax = verifyTables ? long.MaxValue : 0,
        },
    };

    public static PreparedBatch Batch(int client, int sequence)
    {
        var count = 1 + (client * 7 + sequence * 13) % 30;
        var padding = 20 + sequence % 5 * 40;
        var size = ItemSize + padding;
        var items = new PreparedItem[count];
        var fragments = new PreparedFragment[count];
        var content = new byte[count * size];
        var fragmentContent = new byte[count * ItemSize];
        for (var i = 0; i < count; i++)
        {
            var item = content.AsSpan(i * size, size);
            Write(item, client, sequence, i);
            item[..ItemSize].CopyTo(fragmentContent.AsSpan(i * ItemSize));
            var id = new Guid(client, (short)sequence, (short)i, [1, 2, 3, 4, 5, 6, 7, 8]);
            items[i] = new(id, XxHash3.HashToUInt64(item), 1, i * size, size, i, 1);
            fragments[i] = new(SubjectFamily.Indicator, Subject((sequence * 31 + i) % Subjects), i * ItemSize, ItemSize);
        }

        return new("owner " + client, new byte[] { 1 }, new byte[] { 2 }, content, items, fragments, fragmentContent);
    }

    /// <summary>A release of a home up to a position: one statement, or, now and then, none.</summary>
    public static PreparedRelease Release(LedgerIdentity ledger, int home, long from, long to)
    {
        var item = new byte[ItemSize];
        Write(item, Releases + home, (int)from, (int)to);
        var isEmpty = IsEmptyRelease(to);
        return new(
            Homes[home], ledger, from, to, new byte[] { 1 }, default, item,
            isEmpty ? [] : [new(new Guid(home, (short)from, (short)to, new byte[8]), 1, 1, 0, ItemSize, 0, 1)],
            isEmpty ? [] : [new(SubjectFamily.Indicator, Subject(home), 0, ItemSize)], item);
    }

    public static bool IsEmptyRelease(long to) => to % 3 == 0;

    /// <summary>The document's content at a number: long enough to be torn.</summary>
    public static byte[] Document(int number) => [.. Enumerable.Repeat(BitConverter.GetBytes(number), 500).SelectMany(part => part)];

    /// <summary>All that a subject's rows ever said, one after the other; starts over when retirement was faster.</summary>
    public static async Task<Snapshot> Fold(IHomeStore home, Digest subject)
    {
        while (true)
        {
            var known = await home.ReadSnapshot(SubjectFamily.Indicator, subject, default);
            var (position, content) = (known?.Position ?? 0, new List<byte>(known?.Content.ToArray() ?? []));
            var rows = await home.ReadRows(SubjectFamily.Indicator, subject, position, int.MaxValue, default);
            if ((await home.ReadSnapshot(SubjectFamily.Indicator, subject, default))?.Position > position) continue;
            foreach (var fragment in rows.SelectMany(row => row.Fragments)) content.AddRange(fragment.Content.Span);
            return new(rows.Count > 0 ? rows[^1].Position : position, content.ToArray());
        }
    }

    public static Digest Subject(int number) => Digest.OfAsset("crash", number.ToString("d3", null));

    /// <summary>Which item a fragment or an item's bytes say that they are.</summary>
    public static (int Client, int Sequence, int Item) Read(ReadOnlySpan<byte> bytes) => (
        BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));

    private static void Write(Span<byte> item, int client, int sequence, int index)
    {
        BinaryPrimitives.WriteInt32LittleEndian(item, client);
        BinaryPrimitives.WriteInt32LittleEndian(item[4..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(item[8..], index);
        if (item.Length > ItemSize) new Random(client * 1_000_003 + sequence * 101 + index).NextBytes(item[ItemSize..]);
    }

    private sealed class NoCensus : IMarkingCensus
    {
        public IReadOnlySet<ulong> MarkingsOf(string owner, Snapshot? snapshot, IEnumerable<Row> rowsAbove) => new HashSet<ulong>();
    }
}
