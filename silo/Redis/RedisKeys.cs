using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Ledger;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>
/// The keys of one home. All carry one hash tag (home and partition), so that a cluster keeps them in one slot and a script may touch
/// them all. Layout: docs/decisions/0015-redis.md.
/// </summary>
internal sealed class RedisKeys
{
    private readonly byte[] _base;

    public RedisKeys(Home home)
    {
        if (home.Code is not { Length: >= 2 and <= 3 } code || !Ascii.IsValid(code))
            throw new ArgumentException($"'{home.Code}' is no home.", nameof(home));
        _base = Encoding.ASCII.GetBytes($"{{{code}:0}}:");
        Meta = Named("meta");
        Ledger = Named("ledger");
        Watermarks = Named("w");
        Documents = Named("d");
        SeenGroups = Named("lg");
        SeenTurns = Named("lt");
        Hints = new RedisChannel([.. _base, .. "head"u8], RedisChannel.PatternMode.Literal);
    }

    /// <summary>Identity, head, and what else there is one of.</summary>
    public RedisKey Meta { get; }

    /// <summary>Records by position.</summary>
    public RedisKey Ledger { get; }

    /// <summary>Watermarks by source.</summary>
    public RedisKey Watermarks { get; }

    /// <summary>Documents by name.</summary>
    public RedisKey Documents { get; }

    /// <summary>Groups of the index of what was last seen, by digest.</summary>
    public RedisKey SeenGroups { get; }

    /// <summary>Turns of that index.</summary>
    public RedisKey SeenTurns { get; }

    /// <summary>The channel on which each commit tells the head.</summary>
    public RedisChannel Hints { get; }

    /// <summary>What a subject's keys end with.</summary>
    public static byte[] Subject(SubjectFamily family, in Digest subject)
    {
        var name = new byte[1 + Digest.Size];
        WriteSubject(name, family, subject);
        return name;
    }

    /// <summary>Writes what a subject's keys end with: 33 bytes.</summary>
    public static void WriteSubject(Span<byte> target, SubjectFamily family, in Digest subject)
    {
        target[0] = (byte)family;
        subject.Write(target[1..]);
    }

    /// <summary>What the key of an owner's markings on an observable ends with.</summary>
    public static byte[] MarkingsOn(string owner, in Digest subject)
    {
        var name = new byte[Encoding.UTF8.GetByteCount(owner) + 1 + Digest.Size];
        var at = Encoding.UTF8.GetBytes(owner, name);
        name[at++] = (byte)':';
        subject.Write(name.AsSpan(at));
        return name;
    }

    /// <summary>A subject's rows.</summary>
    public RedisKey Rows(SubjectFamily family, in Digest subject) => Of("x:"u8, Subject(family, subject));

    /// <summary>A subject's snapshot.</summary>
    public RedisKey Snapshot(SubjectFamily family, in Digest subject) => Of("s:"u8, Subject(family, subject));

    /// <summary>What of a subject was retired.</summary>
    public RedisKey Retired(SubjectFamily family, in Digest subject) => Of("g:"u8, Subject(family, subject));

    /// <summary>The digests of contents of an owner's identifiers.</summary>
    public RedisKey Identifiers(string owner) => Of("i:"u8, Encoding.UTF8.GetBytes(owner));

    /// <summary>An owner's markings on an observable.</summary>
    public RedisKey KeptMarkings(string owner, in Digest subject) => Of("mo:"u8, MarkingsOn(owner, subject));

    /// <summary>Members of a group of the index of what was last seen.</summary>
    public RedisKey SeenMembers(ReadOnlySpan<byte> digest) => Of("lm:"u8, digest);

    /// <summary>What of a group was named together with others, by each of its hours.</summary>
    public RedisKey SeenTogether(ReadOnlySpan<byte> digest) => Of("ln:"u8, digest);

    private RedisKey Named(string name) => Of(Encoding.ASCII.GetBytes(name), []);

    private byte[] Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> name) => [.. _base, .. kind, .. name];
}
