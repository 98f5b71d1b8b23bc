using System.Net;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>Reads <c>Cluster</c>.</summary>
internal static class ClusterReader
{
    private const string Section = "Cluster";
    private const string MembershipKey = "Membership";
    private const string SiloKey = "SiloEndpoint";
    private const string AdvertisedKey = "AdvertisedEndpoint";
    private const string PrimaryKey = "Primary";
    private const string RedisKey = "Redis";
    private const string RedisFileKey = "RedisFile";

    public static ClusterSettings Read(IConfiguration configuration, List<string> errors, bool isProven)
    {
        var cluster = new SettingsSection(
            configuration, Section, errors, MembershipKey, SiloKey, AdvertisedKey, PrimaryKey, RedisKey, RedisFileKey);
        var membership = ReadMembership(cluster);
        RefuseWhatHasNoMeaning(cluster, membership);
        if (membership == Membership.Single) return ClusterSettings.Alone;

        var silo = Endpoint(cluster, SiloKey, isProven, mayBeFree: true) ?? new(IPAddress.Loopback, 0);
        var advertised = Endpoint(cluster, AdvertisedKey, isProven);
        if (advertised is not null && silo.Port == 0)
            cluster.Refuse(AdvertisedKey, $"others are told a port, so {Section}:{SiloKey} needs one, too");
        if ((advertised ?? silo).Address is var told && (told.Equals(IPAddress.Any) || told.Equals(IPAddress.IPv6Any)))
            cluster.Refuse(AdvertisedKey, "is missing, or names no address: every address is none by which others reach the silo");
        if (silo.Port == 0) silo = ClusterSettings.FreeOf(silo.Address);
        var primary = membership == Membership.Development ? Primary(cluster, isProven) : null;
        var redis = membership == Membership.Redis ? RedisConnection.Read(cluster, RedisKey, RedisFileKey) : null;
        return new(membership, silo, advertised ?? silo, primary, redis);
    }

    private static Membership ReadMembership(SettingsSection cluster)
    {
        switch (cluster.Text(MembershipKey))
        {
            case null or "single": return Membership.Single;
            case "development": return Membership.Development;
            case "redis": return Membership.Redis;
            case var other:
                cluster.Refuse(MembershipKey, $"'{other}' is none of single, development, redis");
                return Membership.Single;
        }
    }

    private static void RefuseWhatHasNoMeaning(SettingsSection cluster, Membership membership)
    {
        if (membership == Membership.Single && cluster.Text(MembershipKey) is null or "single")
            foreach (var key in (string[])[SiloKey, AdvertisedKey, PrimaryKey, RedisKey, RedisFileKey])
                cluster.RefuseIfSaid(key, $"a node alone ({Section}:{MembershipKey} single) meets no other");
        if (membership == Membership.Redis)
            cluster.RefuseIfSaid(PrimaryKey, $"belongs to {Section}:{MembershipKey} development");
        if (membership != Membership.Development) return;
        foreach (var key in (string[])[RedisKey, RedisFileKey])
            cluster.RefuseIfSaid(key, $"belongs to {Section}:{MembershipKey} redis");
    }

    private static IPEndPoint? Primary(SettingsSection cluster, bool isProven)
    {
        if (!cluster.Says(PrimaryKey))
            cluster.Refuse(PrimaryKey, $"is missing: the {SiloKey} of the node that keeps the list of nodes, on that node too");
        return Endpoint(cluster, PrimaryKey, isProven);
    }

    // Only what reads back as it was written: "7001" and "0x7f.1:80" would be addresses, too.
    private static IPEndPoint? Endpoint(SettingsSection cluster, string key, bool isProven, bool mayBeFree = false)
    {
        if (cluster.Text(key) is not { } text) return null;
        if (!IPEndPoint.TryParse(text, out var endpoint) || endpoint.ToString() != text)
        {
            cluster.Refuse(key, $"'{text}' is no IP address with a port, such as 127.0.0.1:7001");
            return null;
        }
        if (endpoint.Port == 0 && !mayBeFree) cluster.Refuse(key, $"{text} has no port");
        if (!isProven && !IPAddress.IsLoopback(endpoint.Address))
            cluster.Refuse(
                key, $"{text} is no loopback address, so nodes must prove to each other who they are: set {TlsReader.Section} (mutual TLS)");
        return endpoint;
    }
}
