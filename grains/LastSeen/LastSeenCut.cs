using System.Buffers.Binary;
using System.Collections.Immutable;
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

    // A group has no PAP of its own.
    private const Pap OfNamed = Pap.Clear;
    private const Pap OfJoined = Pap.Red;

    /// <summary>The group of a compartment. Whoever may see something of the compartment at some instant may see the group.</summary>
    /// <param name="compartment">The compartment.</param>
    /// <param name="isJoined">Whether of what assets join, which has groups of its own: of Full alone (decision 0014).</param>
    public static Compartment GroupOf(Compartment compartment, bool isJoined = false)
    {
        var marking = compartment.Marking;
        return new(
            compartment.Owner, compartment.Jurisdiction,
            new(marking.Tlp, isJoined ? OfJoined : OfNamed, Attribution.Jurisdiction, marking.Recipients, null, null),
            compartment.Kind, compartment.AudienceEpoch, compartment.Types);
    }

    /// <summary>Whether a group is of what assets join.</summary>
    public static bool IsJoined(Compartment group) => group.Marking.Pap == OfJoined;

    /// <summary>
    /// Writes a member's bytes, in the order of the text's code points, then type: text, 0, type, bounds. No canonical text has a 0.
    /// </summary>
    public static void WriteMember(Span<byte> target, ReadOnlySpan<byte> typeAndText, ReadOnlySpan<byte> bounds)
    {
        var text = typeAndText[1..];
        text.CopyTo(target);
        (target[text.Length], target[text.Length + 1]) = (0, typeAndText[0]);
        bounds.CopyTo(target[(text.Length + 2)..]);
    }

    /// <summary>The bytes of an observable as a member of a compartment's group.</summary>
    public static byte[] MemberOf(in Observable observable, Compartment compartment)
    {
        byte[] typeAndText = [(byte)observable.Type, .. Encoding.UTF8.GetBytes(observable.Text)];
        var bounds = BoundsOf(compartment.Marking.EmbargoUntil, compartment.Marking.ExpiresAt);
        var member = new byte[typeAndText.Length + 1 + bounds.Length];
        WriteMember(member, typeAndText, bounds);
        return member;
    }

    /// <summary>Bounds in time as a member ends with them; nothing where there are none.</summary>
    public static byte[] BoundsOf(long? embargoUntil, long? expiresAt)
    {
        if (embargoUntil is null && expiresAt is null) return [];
        var bounds = new byte[2 * BoundSize];
        BinaryPrimitives.WriteInt64BigEndian(bounds, embargoUntil ?? long.MinValue);
        BinaryPrimitives.WriteInt64BigEndian(bounds.AsSpan(BoundSize), expiresAt ?? long.MaxValue);
        return bounds;
    }

    /// <summary>The instants at which bounds in time open and close; Unix milliseconds UTC.</summary>
    public static ImmutableArray<long> TurnsOf(long? embargoUntil, long? expiresAt) =>
    [
        .. embargoUntil is { } opens ? [Hours.Ceiling(opens)] : (long[])[], .. expiresAt is { } closes ? [Hours.Floor(closes)] : (long[])[],
    ];

    /// <summary>The compartment of a member of a group, but for what only labels it.</summary>
    public static Compartment CompartmentOf(Compartment group, ReadOnlySpan<byte> member)
    {
        var bounds = member[(member.IndexOf((byte)0) + 2)..];
        if (bounds.IsEmpty) return group;
        if (bounds.Length != 2 * BoundSize) throw ByteReader.Damaged();
        var (opens, closes) = (BinaryPrimitives.ReadInt64BigEndian(bounds), BinaryPrimitives.ReadInt64BigEndian(bounds[BoundSize..]));
        var marking = group.Marking with
        {
            EmbargoUntil = opens == long.MinValue ? null : opens,
            ExpiresAt = closes == long.MaxValue ? null : closes,
        };
        return new(group.Owner, group.Jurisdiction, marking, group.Kind, group.AudienceEpoch, group.Types);
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
