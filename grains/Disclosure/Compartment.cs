using System.IO.Hashing;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// All that a rule of disclosure can distinguish about a statement (design 1, decision 0001 "What a compartment is").
/// Immutable; equal when its encodings are; the hash is computed once.
/// </summary>
public sealed class Compartment : IEquatable<Compartment>
{
    private readonly byte[] _encoded;
    private readonly int _hash;

    /// <summary>A compartment of what one owner said.</summary>
    /// <param name="owner">The owner's identifier, at most <see cref="PolicyBounds.IdBytesMax"/> bytes.</param>
    /// <param name="jurisdiction">The owner's jurisdiction at acceptance.</param>
    /// <param name="marking">The marking, its defaults resolved.</param>
    /// <param name="kind">The kind of sighting.</param>
    /// <param name="audienceEpoch">The number of the policy version of acceptance, from 1.</param>
    /// <param name="types">The types of all observables of the sighting, also of those that are not released; not
    /// empty.</param>
    /// <exception cref="ArgumentException">A part is out of its bounds.</exception>
    public Compartment(
        string owner, string jurisdiction, Marking marking, SightingKind kind, int audienceEpoch,
        ObservableTypeSet types)
    {
        Refuse(owner.Length == 0 || Encoding.UTF8.GetByteCount(owner) > PolicyBounds.IdBytesMax, nameof(owner));
        Refuse(jurisdiction.Length is 0 or > 8, nameof(jurisdiction));
        Refuse(!AreSorted(marking), nameof(marking));
        Refuse(audienceEpoch is < 1 or > PolicyBounds.VersionsMax, nameof(audienceEpoch));
        Refuse(types.Mask == 0, nameof(types));
        (Owner, Jurisdiction, Marking, Kind, AudienceEpoch, Types) = (
            owner, jurisdiction, marking, kind, audienceEpoch, types);
        _encoded = CompartmentCodec.Encode(this);
        _hash = (int)XxHash3.HashToUInt64(_encoded);
    }

    /// <summary>Who said it.</summary>
    public string Owner { get; }

    /// <summary>The owner's jurisdiction at acceptance.</summary>
    public string Jurisdiction { get; }

    /// <summary>Under which terms.</summary>
    public Marking Marking { get; }

    /// <summary>What was said.</summary>
    public SightingKind Kind { get; }

    /// <summary>The number of the policy version under which it was accepted.</summary>
    public int AudienceEpoch { get; }

    /// <summary>The types of all observables of the sighting.</summary>
    public ObservableTypeSet Types { get; }

    /// <summary>What of it the producer chose.</summary>
    public MarkingUse Use => new(Marking, Kind, Types);

    /// <summary>Its one encoding, which <see cref="CompartmentCodec.Read"/> reads.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <inheritdoc/>
    public bool Equals(Compartment? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && _encoded.AsSpan().SequenceEqual(other._encoded));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Compartment);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    internal byte[] EncodedArray => _encoded;

    private static bool AreSorted(Marking marking)
    {
        if (marking.Recipients.IsDefault || marking.Recipients.Length > Bounds.MarkingRecipientsMax) return false;
        for (var i = 1; i < marking.Recipients.Length; i++)
            if (marking.Recipients[i - 1].CompareTo(marking.Recipients[i]) >= 0) return false;
        return true;
    }

    private static void Refuse(bool broken, string part)
    {
        if (broken) throw new ArgumentException("Not a compartment: this part is out of its bounds.", part);
    }
}
