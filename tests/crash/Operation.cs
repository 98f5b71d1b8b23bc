using System.Buffers.Binary;
using System.Text;

namespace CrossBorderSoc.Tests.Crash;

/// <summary>What the shim records; the numbers are its.</summary>
public enum OperationKind : byte
{
    Create = 1, Truncate, Write, Sync, SyncDirectory, Rename, Unlink, MakeDirectory, RemoveDirectory, Link, Extend,
}

/// <summary>One recorded operation. A is an offset, a size, or, of a sync, how many operations it covers.</summary>
public sealed record Operation(OperationKind Kind, ulong Inode, long A, string Path, string Other, ReadOnlyMemory<byte> Data)
{
    private const int HeadSize = 33;

    /// <summary>Whether a cut just after it is of special interest.</summary>
    public bool IsTurningPoint => Kind is not (OperationKind.Write or OperationKind.Extend);

    public static List<Operation> ReadAll(string path)
    {
        var bytes = File.ReadAllBytes(path).AsMemory();
        var operations = new List<Operation>();
        while (bytes.Length > 0)
        {
            var head = bytes.Span;
            var (pathLength, otherLength) = (
                BinaryPrimitives.ReadUInt16LittleEndian(head[25..]), BinaryPrimitives.ReadUInt16LittleEndian(head[27..]));
            var dataLength = BinaryPrimitives.ReadInt32LittleEndian(head[29..]);
            var paths = HeadSize + pathLength;
            operations.Add(new(
                (OperationKind)head[0], BinaryPrimitives.ReadUInt64LittleEndian(head[1..]),
                BinaryPrimitives.ReadInt64LittleEndian(head[9..]),
                Encoding.UTF8.GetString(head[HeadSize..paths]), Encoding.UTF8.GetString(head.Slice(paths, otherLength)),
                bytes.Slice(paths + otherLength, dataLength)));
            bytes = bytes[(paths + otherLength + dataLength)..];
        }

        return operations;
    }
}
