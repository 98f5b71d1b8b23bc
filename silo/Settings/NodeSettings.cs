using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Silo.Redis;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>What a node is: read from its configuration, checked whole, before anything is made or opened.</summary>
internal sealed record NodeSettings
{
    /// <summary>Every home: the jurisdictions, sorted, and the hub.</summary>
    public static ImmutableArray<Home> AllHomes { get; } =
        [.. Jurisdictions.All.Order(StringComparer.Ordinal).Select(j => new Home(j)), Home.Hub];

    /// <summary>The node's name within the cluster: 1 to 63 characters of <c>a-z0-9-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The homes that it carries, in the order of <see cref="AllHomes"/>; none for a pure gateway.</summary>
    public required ImmutableArray<Home> Homes { get; init; }

    /// <summary>How it meets other nodes.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>How it proves who it is, and how others do; null on loopback only.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Its stores: each carried home is in exactly one.</summary>
    public required ImmutableArray<StoreSettings> Stores { get; init; }

    /// <summary>The directory of its keys and secrets.</summary>
    public required string Identities { get; init; }

    /// <summary>Whether it carries the hub, and with it the policy.</summary>
    public bool CarriesHub => Homes.Contains(Home.Hub);

    /// <summary>Whether it carries every home. Only such a node makes identities; any other is given them.</summary>
    public bool CarriesAll => Homes.Length == AllHomes.Length;

    /// <summary>A node alone, as without any configuration, with some homes.</summary>
    public static NodeSettings Alone(string data, ImmutableArray<Home> homes) => new()
    {
        Name = DefaultName,
        Homes = homes,
        Cluster = ClusterSettings.Alone,
        Stores = [new(homes, new(DefaultStore(data)))],
        Identities = DefaultIdentities(data),
    };

    /// <summary>The name of a node that is told none.</summary>
    public const string DefaultName = "node-0";

    /// <summary>The database of the homes that are told none.</summary>
    public static string DefaultStore(string data) => Path.Combine(data, "store");

    /// <summary>The identities of a node that is told none.</summary>
    public static string DefaultIdentities(string data) => Path.Combine(data, "dev");
}

/// <summary>One store and the homes that are kept in it.</summary>
/// <param name="Homes">The homes; at least one.</param>
/// <param name="Place">Where it is.</param>
internal sealed record StoreSettings(ImmutableArray<Home> Homes, StorePlace Place);

/// <summary>Where a store is: in a directory, or on a Redis.</summary>
/// <param name="Embedded">The directory of the embedded database, a full path; null for a Redis.</param>
/// <param name="Redis">The connection string; it may hold a password. Null for an embedded database.</param>
/// <param name="Accepts">Which weaker durability of a Redis is accepted.</param>
internal sealed record StorePlace(string? Embedded, string? Redis = null, WeakDurability Accepts = WeakDurability.None)
{
    /// <summary>Nothing of it that may be secret.</summary>
    public override string ToString() => Embedded ?? "Redis";
}
