using System.Text;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// Which observable an incident's identifier is of, for all that was ever released: a group of its own in the hub's index of what was last
/// seen, whose members are the keyed hash, then type and text, all at one hour.
/// </summary>
internal static class NamedIncidents
{
    private const long Hour = 0;
    private const int HashBytes = 20;

    /// <summary>The group.</summary>
    public static ReadOnlyMemory<byte> Group { get; } = new byte[] { 0xFF };

    /// <summary>Whether a group is this one: no compartment's bytes are.</summary>
    public static bool Is(in LastSeenGroup group) => group.Group.Span.SequenceEqual(Group.Span);

    /// <summary>The member of an observable.</summary>
    /// <param name="hash">The keyed hash: 20 bytes.</param>
    /// <param name="typeAndText">The observable as it is encoded.</param>
    public static LastSeenMember MemberOf(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> typeAndText) =>
        new((byte[])[.. hash, .. typeAndText], Hour, Since: 0);

    /// <summary>The observable with a keyed hash, or null where none is known.</summary>
    public static async ValueTask<Observable?> Find(ILastSeenIndex index, ReadOnlyMemory<byte> hash, CancellationToken cancellation)
    {
        var found = await index.Read(Group, Hour, hash, max: 1, cancellation);
        return found.Count > 0 && found[0].Bytes.Span.StartsWith(hash.Span) ? ObservableOf(found[0].Bytes.Span) : null;
    }

    /// <summary>The observable of a member.</summary>
    internal static Observable ObservableOf(ReadOnlySpan<byte> member) =>
        new((ObservableType)member[HashBytes], Encoding.UTF8.GetString(member[(HashBytes + 1)..]));
}
