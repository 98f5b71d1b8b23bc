using System.Buffers.Binary;

namespace CrossBorderSoc.Silo.Embedded.Commit;

/// <summary>An identifier of a group, as its key sorts: home and owner, then the UUID; ties by place in the group.</summary>
internal readonly record struct IdentifierKey(ulong Scope, ulong High, ulong Low, int Index) : IComparable<IdentifierKey>
{
    public static IdentifierKey Of(uint prefix, uint owner, in Guid id, int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new IdentifierKey(((ulong)prefix << 32) | owner, BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), index);
    }

    public bool SameKey(in IdentifierKey other) => High == other.High && Low == other.Low && Scope == other.Scope;

    public void Write(Span<byte> key)
    {
        BinaryPrimitives.WriteUInt64BigEndian(key, Scope);
        BinaryPrimitives.WriteUInt64BigEndian(key[8..], High);
        BinaryPrimitives.WriteUInt64BigEndian(key[16..], Low);
    }

    public int CompareTo(IdentifierKey other)
    {
        if (Scope != other.Scope) return Scope < other.Scope ? -1 : 1;
        if (High != other.High) return High < other.High ? -1 : 1;
        if (Low != other.Low) return Low < other.Low ? -1 : 1;
        return Index.CompareTo(other.Index);
    }
}
