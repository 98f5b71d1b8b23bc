using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CrossBorderSoc.Contracts.Policy;

/// <summary>
/// Every version of the policy, 1 to n, immutable. A statement keeps the audience of its time, so the past is part of
/// every decision (decision 0001).
/// </summary>
public sealed class PolicyHistory
{
    private readonly Lazy<byte[]> _bytes;
    private readonly Lazy<string> _hash;

    internal PolicyHistory(ImmutableArray<PolicyVersion> versions)
    {
        Versions = versions;
        _bytes = new(() => PolicyJson.Write(this));
        _hash = new(() => Convert.ToHexStringLower(SHA256.HashData(_bytes.Value)));
    }

    /// <summary>No version yet: nobody but an owner sees anything.</summary>
    public static PolicyHistory Empty { get; } = new([]);

    /// <summary>The versions, oldest first; version n stands at index n - 1.</summary>
    public ImmutableArray<PolicyVersion> Versions { get; }

    /// <summary>The newest version, or null when there is none.</summary>
    public PolicyVersion? Newest => Versions.IsEmpty ? null : Versions[^1];

    /// <summary>The number of the newest version; 0 when there is none.</summary>
    public int Number => Versions.Length;

    /// <summary>SHA-256 of <see cref="ToBytes"/> in lower hex: equal content, equal hash.</summary>
    public string ContentHash => _hash.Value;

    /// <summary>
    /// This history with one version more; this very history when the newest version has that content already (the
    /// order of entries does not count).
    /// </summary>
    /// <exception cref="ArgumentException">An identifier is there twice, or a bound of <see cref="PolicyBounds"/> is
    /// passed.</exception>
    /// <exception cref="InvalidOperationException">The history is full.</exception>
    public PolicyHistory Append(IEnumerable<Organisation> organisations, IEnumerable<Agreement> agreements)
    {
        var next = new PolicyVersion(Number + 1, organisations, agreements);
        if (Newest is { } newest && newest.SameContent(next)) return this;
        if (Number >= PolicyBounds.VersionsMax)
            throw new InvalidOperationException($"A policy history holds at most {PolicyBounds.VersionsMax} versions.");
        return new(Versions.Add(next));
    }

    /// <summary>This history as it was when a version was the newest; this very one for its own number.</summary>
    public PolicyHistory Until(int number) => number >= Number ? this : new(Versions[..Math.Max(number, 0)]);

    /// <summary>Compact JSON, the same for equal content; for storing and replicating.</summary>
    public byte[] ToBytes() => [.. _bytes.Value];

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of a format that this node does not
    /// know.</exception>
    public static PolicyHistory FromBytes(ReadOnlySpan<byte> bytes) => PolicyJson.Read(bytes);
}
