using System.Security.Cryptography;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Silo.Embedded;

/// <summary>Where and for whom an embedded store is opened.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>The node's directory; made if it is missing. One process at a time may open it.</summary>
    public required string Directory { get; init; }

    /// <summary>The homes that the node carries. A home that is new gets an empty ledger.</summary>
    public required IReadOnlyCollection<Home> Homes { get; init; }

    /// <summary>Reads markings out of rows and snapshots; asked only for owners with more than 256 markings in all.</summary>
    public required IMarkingCensus Census { get; init; }

    /// <summary>The clock of retries after a failed write.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the identity of a new ledger.</summary>
    public Func<Guid> NewGuid { get; init; } = () => new Guid(RandomNumberGenerator.GetBytes(16));

    /// <summary>Called once when damage is found after the start: the node must stop.</summary>
    public Action<Exception> OnDamage { get; init; } = _ => { };

    /// <summary>Called with the reason when the store can no longer write, and with null when it can again; not in between.
    /// Reads go on meanwhile.</summary>
    public Action<string?> OnOutage { get; init; } = _ => { };

    internal StoreTuning Tuning { get; init; } = new();
}
