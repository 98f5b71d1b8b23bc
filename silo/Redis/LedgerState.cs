using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Storage;
using StackExchange.Redis;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>A ledger as a server tells of it.</summary>
/// <param name="Identity">Identity and epoch.</param>
/// <param name="Head">The newest position.</param>
/// <param name="RetiredTo">Rows and records up to here may be gone.</param>
/// <param name="EpochFrom">The head with which the epoch began: what was above in the one before is gone.</param>
internal sealed record LedgerState(LedgerIdentity Identity, long Head, long RetiredTo, long EpochFrom)
{
    /// <summary>Reads what an answer begins with.</summary>
    public static LedgerState Read(RedisResult[] answer) => answer is [{ IsNull: false } id, ..]
        ? new(SmallFormats.ReadIdentity((byte[])id!), (long)answer[1], (long)answer[2], (long)answer[3])
        : new(default, 0, 0, 0);

    /// <summary>Whether this is of another ledger, of an older epoch, or a lower head of the same: something went back, or this server did
    /// not hear of all.</summary>
    public bool IsBelow(LedgerState floor) => Identity.Id != floor.Identity.Id || Identity.Epoch < floor.Identity.Epoch
        || (Identity.Epoch == floor.Identity.Epoch && Head < floor.Head);

    /// <summary>Whether records at or below this head are gone in the epoch that was told, which says the least position at which one since
    /// this began.</summary>
    public bool IsLostIn(LedgerState told) => told.Identity.Epoch > Identity.Epoch && told.EpochFrom < Head;

    /// <summary>What is known once more was told, which is not below: the newest of one epoch, or the newer epoch as it is.</summary>
    public LedgerState With(LedgerState told) => told.Identity.Epoch > Identity.Epoch
        ? told
        : told with { Head = Math.Max(told.Head, Head), RetiredTo = Math.Max(told.RetiredTo, RetiredTo) };
}

/// <summary>A ledger holds less than was acknowledged: its server lost writes, or another took its place.</summary>
public sealed class LedgerSetBackException(string message) : Exception(message), INamesNoValue;
