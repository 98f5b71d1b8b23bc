using System.Text;
using CrossBorderSoc.Silo.Hosting;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Settings;
using CrossBorderSoc.Tests.Unit.Peers;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Settings;

/// <summary>How a node is told to prove who it is, and what it refuses to be told.</summary>
public sealed class TlsSettingsTests : IDisposable
{
    private const string Files = """ "Certificate": "/c.pem", "Key": "/k.pem", "Authority": "/a.pem", "Revoked": "/r.pem" """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Nothing_IsNoTls() => Read("").Tls.ShouldBeNull();

    [Fact]
    public void Files_ArePassedOn_AndClientsOfEveryHomeAreAdmitted()
    {
        var tls = Read($"\"Tls\": {{ {Files} }}").Tls.ShouldNotBeNull();
        (tls.Certificate, tls.Key, tls.Authority, tls.Revoked).ShouldBe(("/c.pem", "/k.pem", "/a.pem", "/r.pem"));
        tls.Clients.ShouldBe(NodeSettings.AllHomes);
        Read($"\"Tls\": {{ {Files}, \"Clients\": \"BE,DE\" }}").Tls!.Clients.Select(home => home.Code).ShouldBe(["BE", "DE"]);
    }

    [Theory]
    [InlineData(""" "Certificate": "/c.pem" """, "Tls:Key: is missing")]
    [InlineData(""" "Certificate": "/c.pem", "Key": "/k.pem", "Authority": "/a.pem" """, "Tls:Revoked: is missing")]
    [InlineData(Files + """, "Password": "x" """, "Tls:Password: there is no such setting")]
    [InlineData(Files + """, "Clients": "none" """, "Tls:Clients: names no home")]
    [InlineData(Files + """, "Clients": ["BE", "XX"] """, "Tls:Clients[1]: 'XX' is no home")]
    public void WhatCannotBe_IsNamed(string tls, string refusal) =>
        Should.Throw<StartRefusedException>(() => Read($"\"Tls\": {{ {tls} }}")).Message.ShouldContain(refusal);

    [Fact]
    public void BeyondLoopback_WithTls_IsAllowed()
    {
        const string cluster = """ "Membership": "development", "Primary": "192.0.2.1:7001", "SiloEndpoint": "0.0.0.0:7002" """;
        Read($$""" "Tls": { {{Files}} }, "Cluster": { {{cluster}}, "AdvertisedEndpoint": "192.0.2.2:7002" } """)
            .Cluster.Advertised.ToString().ShouldBe("192.0.2.2:7002");
        Should.Throw<StartRefusedException>(() => Read($$""" "Tls": { {{Files}} }, "Cluster": { {{cluster}} } """)).Message
            .ShouldContain("Cluster:AdvertisedEndpoint: is missing");
    }

    [Fact]
    public void Credentials_ThatOthersWouldRefuse_AreRefusedByKey()
    {
        Start(new(), "BE/be-0").ShouldBe("");
        Start(new(), "BE,DE/be-0").ShouldContain("Tls:Certificate: ");
        Start(new(), "BE,DE/be-0").ShouldContain("not all of urn:crossbordersoc:node:be-0, urn:crossbordersoc:home:BE, urn:crossbordersoc:home:DE");
        Start(new(), "BE/be-1").ShouldContain("not all of urn:crossbordersoc:node:be-1");
        Start(new() { To = -0.5 }, "BE/be-0").ShouldContain("it ended");
        Start(new() { From = 0.5 }, "BE/be-0").ShouldContain("it begins later");
        Start(new() { Uses = [Issued.Server] }, "BE/be-0").ShouldContain("its extended key usage lacks clientAuth");
        Start(new() { Uses = [Issued.Client] }, "BE/be-0").ShouldContain("its extended key usage lacks serverAuth");
    }

    [Fact]
    public void Files_ThatCannotBeUsed_AreRefusedByKey_AndChangeNothingLater()
    {
        Start(new(), "BE/be-0").ShouldBe("");
        var node = new NodeCertificates(Settings(), "BE/be-0", new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestAuthority.Now));
        var first = node.Now;
        foreach (var (name, key) in (ReadOnlySpan<(string, string)>)[("c", "Certificate"), ("k", "Key"), ("a", "Authority"), ("r", "Revoked")])
        {
            var was = File.ReadAllText(At(name));
            File.WriteAllText(At(name), was[..20]);
            // A key is read together with its certificate.
            Should.Throw<InvalidDataException>(() => node.Reload()).Message
                .ShouldContain(key == "Key" ? "Tls:" : $"Tls:{key}: {At(name)} cannot be used");
            File.Delete(At(name));
            Should.Throw<InvalidDataException>(() => node.Reload()).Message.ShouldContain($"Tls:{key}: {At(name)} cannot be used");
            node.Now.ShouldBeSameAs(first);
            File.WriteAllText(At(name), was);
        }
        node.Reload().ShouldBeFalse();
        Start(new(), "BE/be-0").ShouldBe("");
        node.Reload().ShouldBeTrue("another certificate");
    }

    private string Start(Issued issued, string siloName)
    {
        using var certificate = _authority.Issue(issued);
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)!;
        File.WriteAllText(At("c"), certificate.ExportCertificatePem());
        File.WriteAllText(At("k"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At("a"), _authority.Certificate.ExportCertificatePem());
        File.WriteAllText(At("r"), System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", _authority.Signed()));
        try
        {
            NodeCredentials.Read(Settings(), siloName, TestAuthority.Now);
            return "";
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private TlsSettings Settings() => new(At("c"), At("k"), At("a"), At("r"), NodeSettings.AllHomes);

    private string At(string name) => Path.Combine(_folder, name);

    private static NodeSettings Read(string json) => NodeSettingsReader.Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes("{" + json + "}"))).Build(), "/data");
}
