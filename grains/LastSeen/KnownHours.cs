using System.IO.Hashing;
using System.Security.Cryptography;

namespace CrossBorderSoc.Grains.LastSeen;

/// <summary>
/// The hours at which members were put into the index lately, so that what is seen often costs one entry an hour, and the one before it
/// goes. Bounded: two generations; what is forgotten leaves an entry behind at an older hour, which readers pass over. Keyed by a hash under
/// a secret of the process, since who pushes chooses values. One thread at a time.
/// </summary>
internal sealed class KnownHours(int generationMax = KnownHours.GenerationMax)
{
    private const int GenerationMax = 131_072;

    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private Dictionary<UInt128, (long Hour, long Since)> _young = [];
    private Dictionary<UInt128, (long Hour, long Since)> _old = [];

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_young, _old) = ([], []);

    /// <summary>Takes note of a member: whether its hour is later than what is known.</summary>
    /// <param name="group">The group's own number.</param>
    /// <param name="member">The member.</param>
    /// <param name="hour">The hour.</param>
    /// <param name="since">The position at which it came up; where more is known, the first.</param>
    /// <param name="before">The hour that was known before, or null.</param>
    public bool IsLater(UInt128 group, ReadOnlySpan<byte> member, long hour, ref long since, out long? before)
    {
        var key = group ^ NumberOf(member);
        before = null;
        if (_young.TryGetValue(key, out var known) || _old.TryGetValue(key, out known))
        {
            if (known.Hour >= hour) return false;
            (before, since) = (known.Hour, known.Since);
        }
        if (_young.Count >= generationMax) (_old, _young) = (_young, new(generationMax));
        _young[key] = (hour, since);
        return true;
    }

    /// <summary>The number of bytes in this process.</summary>
    public UInt128 NumberOf(ReadOnlySpan<byte> bytes) => XxHash128.HashToUInt128(bytes, _seed);
}
