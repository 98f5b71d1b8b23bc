namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>The servers of the grid, each on a host of its own.</summary>
internal static class Servers
{
    public const string RedisHub = "redis-hub";
    public const string RedisBe = "redis-be";
    public const string Hub = "hub";
    public const string Be0 = "be-0";
    public const string Be1 = "be-1";
    public const string De = "de";
    public const string Gateway = "gateway";

    /// <summary>All, in the order in which they are first started.</summary>
    public static readonly IReadOnlyList<string> All = [RedisHub, RedisBe, Hub, Be0, Be1, De, Gateway];

    /// <summary>Those that are nodes of the grid, the hub first, as a rolling replacement goes.</summary>
    public static readonly IReadOnlyList<string> Silos = [Hub, Be0, Be1, De, Gateway];

    /// <summary>What a silo carries.</summary>
    public static string HomesOf(string silo) => silo switch
    {
        Hub => "hub,EU",
        Be0 or Be1 => "BE",
        De => "DE",
        _ => "none",
    };
}
