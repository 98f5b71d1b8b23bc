using System.Buffers.Binary;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>Batches for tests: a text per item is its content, its fragment and, by default, its subject.</summary>
public static class Batches
{
    public sealed record Said(int Id, string Text, string[] Subjects, ulong Marking = 1, SubjectFamily Family = SubjectFamily.Indicator);

    public static Said Say(int id, string text, params string[] subjects) => new(id, text, subjects.Length == 0 ? [text] : subjects);

    public static Digest Subject(string name) => Digest.OfAsset("test", name);

    public static Guid Id(int id) => new(id, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);

    public static PreparedBatch Batch(string owner, params Said[] said)
    {
        var (content, items, fragments, fragmentContent) = Parts(said);
        return new(owner, "header"u8.ToArray(), "preamble"u8.ToArray(), content, items, fragments, fragmentContent);
    }

    public static PreparedRelease Release(Home source, LedgerIdentity ledger, long from, long to, params Said[] said)
    {
        var (content, items, fragments, fragmentContent) = Parts(said);
        return new(source, ledger, from, to, "header"u8.ToArray(), default, content, items, fragments, fragmentContent);
    }

    public static string TextOf(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>A fragment is the marking's digest, then the text.</summary>
    public static string TextOf(RowFragment fragment) => TextOf(fragment.Content[8..]);

    private static (byte[] Content, PreparedItem[] Items, PreparedFragment[] Fragments, byte[] FragmentContent) Parts(Said[] said)
    {
        var content = new MemoryStream();
        var fragmentContent = new MemoryStream();
        var items = new List<PreparedItem>();
        var fragments = new List<PreparedFragment>();
        foreach (var one in said)
        {
            var bytes = Encoding.UTF8.GetBytes(one.Text);
            items.Add(new(Id(one.Id), Hash(one.Text, one.Marking), one.Marking, (int)content.Length, bytes.Length,
                fragments.Count, one.Subjects.Length));
            content.Write(bytes);
            foreach (var subject in one.Subjects)
            {
                fragments.Add(new(one.Family, Subject(subject), (int)fragmentContent.Length, 8 + bytes.Length));
                var marking = new byte[8];
                BinaryPrimitives.WriteUInt64BigEndian(marking, one.Marking);
                fragmentContent.Write(marking);
                fragmentContent.Write(bytes);
            }
        }

        return (content.ToArray(), [.. items], [.. fragments], fragmentContent.ToArray());
    }

    private static ulong Hash(string text, ulong marking) =>
        System.IO.Hashing.XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text), (long)marking);
}

/// <summary>Reads the marking that <see cref="Batches"/> puts before each fragment; counts how often it is asked.</summary>
public sealed class FragmentCensus : IMarkingCensus
{
    public int Asked { get; private set; }

    public IReadOnlySet<ulong> MarkingsOf(string owner, Snapshot? snapshot, IEnumerable<Row> rowsAbove)
    {
        Asked++;
        var markings = rowsAbove.SelectMany(row => row.Fragments)
            .Select(fragment => BinaryPrimitives.ReadUInt64BigEndian(fragment.Content.Span)).ToHashSet();
        for (var at = 0; snapshot is { } known && at < known.Content.Length; at += 8)
            markings.Add(BinaryPrimitives.ReadUInt64BigEndian(known.Content.Span[at..]));
        return markings;
    }
}
