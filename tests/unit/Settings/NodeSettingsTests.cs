using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Silo.Settings;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Settings;

/// <summary>What a node is told of itself, and what it refuses to be told.</summary>
public sealed class NodeSettingsTests
{
    private const string Cluster = """ "Cluster": { "Membership": "development", "Primary": "127.0.0.1:7001" } """;

    private static NodeSettings Read(string json) => NodeSettingsReader.Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes("{" + json + "}"))).Build(), "/data");

    private static string Refusal(string json) => Should.Throw<StartRefusedException>(() => Read(json)).Message;

    [Fact]
    public void Nothing_IsANodeAloneWithEveryHomeInOneDatabase()
    {
        var settings = Read("");
        settings.CarriesAll.ShouldBeTrue();
        settings.Homes.Length.ShouldBe(29);
        settings.Name.ShouldBe("node-0");
        settings.Cluster.Membership.ShouldBe(Membership.Single);
        settings.Cluster.Silo.Port.ShouldBeGreaterThan(0);
        settings.Stores.Single().Place.Embedded.ShouldBe("/data/store");
        settings.Stores.Single().Homes.ShouldBe(settings.Homes);
        settings.Identities.ShouldBe("/data/dev");
    }

    [Theory]
    [InlineData("""["hub", "EU", "BE"]""", "BE,EU,hub")]
    [InlineData("\"hub, EU,BE\"", "BE,EU,hub")]
    [InlineData("\"BE\"", "BE")]
    [InlineData("[]", "")]
    [InlineData("\"none\"", "")]
    public void Homes_AsAListOrAText_AreCarried(string homes, string expected)
    {
        var settings = Read($"\"Node\": {{ \"Name\": \"be-0\", \"Homes\": {homes} }}, {Cluster}");
        string.Join(',', settings.Homes).ShouldBe(expected);
        settings.Stores.SelectMany(store => store.Homes).ShouldBe(settings.Homes, "every home has a store, and a gateway has none");
    }

    [Theory]
    [InlineData("""["BE", "XX"]""", "Node:Homes[1]: 'XX' is no home")]
    [InlineData("""["be"]""", "Node:Homes[0]: 'be' is no home")]
    [InlineData("""["GR", "EL"]""", "Node:Homes[1]: 'EL' is no home")]
    [InlineData("""["BE", "DE", "BE"]""", "Node:Homes[2]: BE is there twice")]
    [InlineData("\"BE,\"", "Node:Homes[1]: '' is no home")]
    [InlineData("""[["BE"]]""", "Node:Homes[0]: '' is no home")]
    public void Homes_ThatAreNone_AreRefusedByPlace(string homes, string refusal) =>
        Refusal($"\"Node\": {{ \"Homes\": {homes} }}, {Cluster}").ShouldContain(refusal);

    [Fact]
    public void Homes_InTwoPlaces_AreRefused()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:Homes:0"] = "hub",
            ["Node:Homes"] = "BE",
        }).Build();
        Should.Throw<StartRefusedException>(() => NodeSettingsReader.Read(configuration, "/data")).Message
            .ShouldContain("Node:Homes: is a text in one place and a list in another");
    }

    [Fact]
    public void NodeAlone_WithoutTheHub_IsRefused() =>
        Refusal("""  "Node": { "Homes": ["BE"] } """).ShouldContain("Node:Homes: a node alone");

    [Theory]
    [InlineData("""  "Node": { "Home": "BE" } """, "Node:Home: there is no such setting; those of Node are Name, Homes")]
    [InlineData("""  "Cluster": { "Member": "redis" } """, "Cluster:Member: there is no such setting")]
    [InlineData("""  "Identity": { "Folder": "x" } """, "Identity:Folder: there is no such setting")]
    [InlineData("""  "Stores": { "BE": { "Embeded": "x" } } """, "Stores:BE:Embeded: there is no such setting")]
    [InlineData("""  "Node": { "Name": "BE_0" } """, "Node:Name: 'BE_0' is not 1 to 63 characters")]
    [InlineData("""  "Node": { "Name": "a/b" } """, "Node:Name")]
    [InlineData("""  "Node": { "Name": ["a"] } """, "Node:Name: is a text")]
    public void UnknownAndUnusableKeys_AreNamed(string json, string refusal) => Refusal(json).ShouldContain(refusal);

    [Fact]
    public void EveryError_IsTold()
    {
        var refusal = Refusal("""
            "Node": { "Homes": ["XX"], "Name": "-" }, "Stores": { "QQ": { "Embedded": "a" } }, "Cluster": { "Membership": "gossip" }
            """);
        foreach (var key in (string[])["Node:Homes[0]", "Node:Name", "Stores:QQ", "Cluster:Membership"]) refusal.ShouldContain(key + ":");
    }

    [Fact]
    public void Stores_OfOneDirectory_AreOneDatabase()
    {
        var stores = Read($$"""
            "Node": { "Homes": ["BE", "DE", "FR", "hub"] }, {{Cluster}},
            "Stores": { "BE": { "Embedded": "/be" }, "*": { "Embedded": "/others" }, "DE": { "Embedded": "/x/../be" } }
            """).Stores;
        stores.Select(store => $"{store.Place}: {string.Join(',', store.Homes)}").ShouldBe(["/be: BE,DE", "/others: FR,hub"]);
    }

    [Fact]
    public void Stores_OnRedis_AreNeverPrinted_AndShareAConnectionWhereItIsTheSame()
    {
        var stores = Read($$"""
            "Node": { "Homes": ["BE", "DE", "hub"] }, {{Cluster}},
            "Stores": {
              "*": { "Redis": "127.0.0.1:6379,password=canary" },
              "BE": { "Redis": "192.0.2.1:6379,password=canary,ssl=true", "AcceptWeakDurability": "everysec" }
            }
            """).Stores;
        stores.Select(store => string.Join(',', store.Homes)).ShouldBe(["BE", "DE,hub"]);
        stores.Select(store => store.Place.Accepts).ShouldBe([WeakDurability.EverySecond, WeakDurability.None]);
        string.Join(' ', stores).ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("""["BE"]""", """ "FR": { "Embedded": "x" } """, "Stores:FR: this node does not carry FR (Node:Homes)")]
    [InlineData("""["BE"]""", """ "XX": { "Embedded": "x" } """, "Stores:XX: 'XX' is no home")]
    [InlineData("""["BE"]""", """ "BE": { } """, "Stores:BE:Embedded: is missing")]
    [InlineData("""["BE"]""", """ "BE": { "Embedded": "" } """, "Stores:BE:Embedded: is missing")]
    [InlineData("""["BE"]""", """ "BE": { "Redis": "127.0.0.1:6379", "Embedded": "x" } """, "Stores:BE:Embedded: is there beside Redis")]
    [InlineData("""["BE"]""", """ "BE": { "Redis": "192.0.2.1:6379" } """, "Stores:BE:Redis: is beyond loopback without ssl=true")]
    [InlineData("""["BE"]""", """ "BE": { "Redis": "127.0.0.1:26379,serviceName=be" } """, "Stores:BE:Redis: names a service of a Sentinel")]
    [InlineData("""["BE"]""", """ "BE": { "Redis": "secret-canary=1" } """, "Stores:BE:Redis: is no connection string")]
    [InlineData("""["BE"]""", """ "BE": { "RedisFile": "/nowhere/redis" } """, "Stores:BE:RedisFile: /nowhere/redis cannot be read")]
    [InlineData("""["BE"]""", """ "BE": { "Embedded": "x", "AcceptWeakDurability": "everysec" } """, "AcceptWeakDurability: belongs to Redis")]
    [InlineData("""["BE"]""", """ "BE": { "Redis": "127.0.0.1:1", "AcceptWeakDurability": "no" } """, "AcceptWeakDurability: is none that")]
    [InlineData("[]", """ "*": { "Embedded": "x" } """, "Stores:*: this node carries no home (Node:Homes), so it has no store")]
    public void Stores_OfWhatIsNotCarried_AreRefused(string homes, string store, string refusal) =>
        Refusal($"\"Node\": {{ \"Homes\": {homes} }}, {Cluster}, \"Stores\": {{ {store} }}").ShouldContain(refusal);
}
