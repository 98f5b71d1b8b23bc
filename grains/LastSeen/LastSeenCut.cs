using System.Buffers.Binary;
using System.Text;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// How the index cuts compartments: a group is a compartment without what bounds it in time and without what only labels it; a
/// member is an observable with the bounds in time. So that embargoes and expiries, of which there are many, make no groups, and what
/// one of them hides is an entry of its own.
/// </summary>
internal static class LastSeenCut
{
    private const int BoundSize = sizeof(long);

    /// <summary>The group of a compartment. Whoever may see something of the compartment at some instant may see the group.</summary>
    public static Compartment GroupOf(Compartment compartment)
    {
        var marking = compartment.Marking;
        return new(
            compartment.Owner, compartment.Jurisdiction,
            new(marking.Tlp, Pap.Clear, Attribution.Jurisdiction, marking.Recipients, null, null),
            compartment.Kind, compartment.AudienceEpoch, compartment.Types);
    }

    /// <summary>
    /// The member's bytes, in the order of the text's code points, then type: text, 0, type, and where there are any the bounds in
    /// time. No canonical text has a 0.
    /// </summary>
    public static byte[] MemberOf(in Observable observable, long? embargoUntil, long? expiresAt)
    {
        var bounds = embargoUntil is null && expiresAt is null ? 0 : 2 * BoundSize;
        var text = Encoding.UTF8.GetByteCount(observable.Text);
        var bytes = new byte[text + 2 + bounds];
        Encoding.UTF8.GetBytes(observable.Text, bytes);
        bytes[text + 1] = (byte)observable.Type;
        if (bounds == 0) return bytes;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(text + 2), embargoUntil ?? long.MinValue);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(text + 2 + BoundSize), expiresAt ?? long.MaxValue);
        return bytes;
    }

    /// <summary>The least bytes that are greater than those of every member of an observable.</summary>
    public static byte[] After(in Observable observable)
    {
        if (observable.Type == ObservableType.Unspecified) return [];
        var text = Encoding.UTF8.GetByteCount(observable.Text);
        var bytes = new byte[text + 2];
        Encoding.UTF8.GetBytes(observable.Text, bytes);
        bytes[text + 1] = (byte)(observable.Type + 1);
        return bytes;
    }

    /// <summary>The observable of a member.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static Observable ObservableOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        if (end < 0 || end + 1 >= bytes.Length) throw ByteReader.Damaged();
        return new((ObservableType)bytes[end + 1], Encoding.UTF8.GetString(bytes[..end]));
    }
}
