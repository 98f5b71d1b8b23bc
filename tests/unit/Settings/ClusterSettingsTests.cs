using System.Net;
using System.Text;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Settings;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Settings;

/// <summary>How a node is told to meet others.</summary>
public sealed class ClusterSettingsTests
{
    private const string Primary = """ "Membership": "development", "Primary": "127.0.0.1:7001" """;

    private static ClusterSettings Read(string cluster) => NodeSettingsReader.Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($"{{ \"Cluster\": {{ {cluster} }} }}"))).Build(),
        "/data").Cluster;

    private static string Refusal(string cluster) => Should.Throw<StartRefusedException>(() => Read(cluster)).Message;

    [Fact]
    public void Development_WithoutAnEndpoint_TakesAFreePort()
    {
        var cluster = Read(Primary);
        cluster.Primary.ShouldBe(new(IPAddress.Loopback, 7001));
        cluster.Silo.Port.ShouldBeGreaterThan(0);
        cluster.Advertised.ShouldBe(cluster.Silo);
    }

    [Fact]
    public void Endpoints_ArePassedOn()
    {
        var cluster = Read(Primary + """, "SiloEndpoint": "127.0.0.2:7002", "AdvertisedEndpoint": "[::1]:7003" """);
        cluster.Silo.ToString().ShouldBe("127.0.0.2:7002");
        cluster.Advertised.ToString().ShouldBe("[::1]:7003");
    }

    [Theory]
    [InlineData(""" "Membership": "gossip" """, "Cluster:Membership: 'gossip' is none of single, development, redis")]
    [InlineData(""" "Membership": "development" """, "Cluster:Primary: is missing")]
    [InlineData(""" "Membership": "development", "Primary": "7001" """, "Cluster:Primary: '7001' is no IP address with a port")]
    [InlineData(""" "Membership": "development", "Primary": "hub:7001" """, "Cluster:Primary: 'hub:7001' is no IP address")]
    [InlineData(""" "Membership": "development", "Primary": "127.0.0.1" """, "Cluster:Primary: '127.0.0.1' is no IP address with a port")]
    [InlineData(""" "Membership": "development", "Primary": "127.0.0.1:0" """, "Cluster:Primary: 127.0.0.1:0 has no port")]
    [InlineData(Primary + """, "SiloEndpoint": "127.0.0.1:70000" """, "Cluster:SiloEndpoint: '127.0.0.1:70000' is no IP address")]
    [InlineData(Primary + """, "SiloEndpoint": "192.0.2.1:7001" """, "Cluster:SiloEndpoint: 192.0.2.1:7001 is no loopback address")]
    [InlineData(Primary + """, "SiloEndpoint": "0.0.0.0:7001" """, "set Tls (mutual TLS)")]
    [InlineData(Primary + """, "SiloEndpoint": "127.0.0.1:7002", "AdvertisedEndpoint": "192.0.2.1:7002" """, "Cluster:AdvertisedEndpoint: 192.0.2.1")]
    [InlineData(Primary + """, "AdvertisedEndpoint": "127.0.0.1:7002" """, "Cluster:AdvertisedEndpoint: others are told a port, so")]
    [InlineData(Primary + """, "Redis": "127.0.0.1:6379" """, "Cluster:Redis: belongs to Cluster:Membership redis")]
    [InlineData(""" "Primary": "127.0.0.1:7001" """, "Cluster:Primary: a node alone")]
    [InlineData(""" "Membership": "single", "SiloEndpoint": "127.0.0.1:7001" """, "Cluster:SiloEndpoint: a node alone")]
    [InlineData(""" "Membership": "redis" """, "Cluster:Redis: is missing")]
    [InlineData(""" "Membership": "redis", "Redis": "127.0.0.1:6379", "Primary": "127.0.0.1:7001" """, "Cluster:Primary: belongs to")]
    [InlineData(""" "Membership": "redis", "Redis": "a:1", "RedisFile": "/x" """, "Cluster:RedisFile: is there beside Redis")]
    [InlineData(""" "Membership": "redis", "RedisFile": "/nowhere/redis" """, "Cluster:RedisFile: /nowhere/redis cannot be read")]
    [InlineData(""" "Membership": "redis", "Redis": "secret-canary=1" """, "Cluster:Redis: is no connection string")]
    public void WhatCannotBe_IsNamed(string cluster, string refusal)
    {
        var told = Refusal(cluster);
        told.ShouldContain(refusal);
        told.ShouldNotContain("canary", Case.Sensitive, "a connection string may hold a password");
    }

    [Fact]
    public void Redis_OfAFile_IsReadAndNeverPrinted()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "127.0.0.1:6379,password=canary\n");
        var cluster = Read($$""" "Membership": "redis", "RedisFile": "{{file}}" """);
        File.Delete(file);
        cluster.Redis.ShouldBe("127.0.0.1:6379,password=canary");
        cluster.ToString().ShouldNotContain("canary");
    }
}
