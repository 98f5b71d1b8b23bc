using System.Security.Cryptography;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>Where and for whom a Redis store is opened.</summary>
public sealed record RedisStoreOptions
{
    /// <summary>The homes that the node carries, each with its server as StackExchange.Redis writes it
    /// (<c>host:port,user=…,password=…,ssl=true</c>). Homes with the same text share connections. A home that is new gets an empty
    /// ledger.</summary>
    public required IReadOnlyDictionary<Home, string> Servers { get; init; }

    /// <summary>Reads markings out of rows and snapshots; asked only for owners with more than 256 markings in all.</summary>
    public required IMarkingCensus Census { get; init; }

    /// <summary>The weakest durability with which the node acknowledges; anything below is refused at the start.</summary>
    public WeakDurability AcceptWeakDurability { get; init; }

    /// <summary>Accepts a server that drops keys when its memory is full. For tests of a node only: it drops evidence.</summary>
    public bool AcceptEviction { get; init; }

    /// <summary>How long one command may take, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a commit whose outcome is unknown is asked for again before its batches are refused.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock of retries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the identity of a new ledger, and the name of each writer: never the same twice, or one writer would get another's
    /// answers.</summary>
    public Func<Guid> NewGuid { get; init; } = () => new Guid(RandomNumberGenerator.GetBytes(16));

    /// <summary>Called once per home whose ledger went back below what this node has seen: acknowledged records are gone, and what actors
    /// hold in memory may be of them. The node must stop; started again, it serves the new epoch.</summary>
    public Action<Exception> OnSetBack { get; init; } = _ => { };

    /// <summary>Called with the reason when a home's store can no longer write, and with null when all can again.</summary>
    public Action<string?> OnOutage { get; init; } = _ => { };

    /// <summary>Called at the start, and once after each reconnection, with each thing that could not be checked, or that is weaker than it
    /// should be but accepted.</summary>
    public Action<string> OnNotice { get; init; } = _ => { };

    internal RedisTuning Tuning { get; init; } = new();
}

/// <summary>What a node accepts of a server that does not sync each write. Redis' own words.</summary>
public enum WeakDurability
{
    /// <summary>Nothing: <c>appendfsync always</c>.</summary>
    None = 0,

    /// <summary><c>appendfsync everysec</c>: a crash of the server's machine loses about the last second that was acknowledged.</summary>
    EverySecond = 1,

    /// <summary>No persistence at all: a restart of the server loses everything. For tests.</summary>
    Memory = 2,
}

/// <summary>Sizes and periods of the Redis store. Not configuration: measured once, changed by tests.</summary>
internal sealed record RedisTuning : QueueBounds
{
    /// <summary>How long a home is idle before its head is asked for: bounds what a lost hint costs. And how long a store that could
    /// not write waits before it tries again.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before a commit whose outcome is unknown is asked for again.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the server remembers the last turn of a writer; longer than any command may be under way.</summary>
    public TimeSpan TurnKept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a server counts as checked: its settings may change while it runs.</summary>
    public TimeSpan CheckAgainAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most subjects whose markings are remembered, per home.</summary>
    public int CensusSubjectsKeptMax { get; init; } = 16_384;
}
