using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Containment;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Containment;

public sealed class ContainersTests
{
    [Theory]
    [InlineData("domain-name", "a.b.example.co.uk", "b.example.co.uk,example.co.uk")]
    [InlineData("domain-name", "example.co.uk", "")]
    [InlineData("domain-name", "co.uk", "")]
    [InlineData("domain-name", "customer.github.io", "")]
    [InlineData("domain-name", "x.customer.github.io", "customer.github.io")]
    [InlineData("url", "https://ann:pw@a.example.com:8443/x@y.com/", "a.example.com,example.com")]
    [InlineData("url", "http://github.io/", "github.io")]
    [InlineData("email-addr", "ann@mail.example.com", "mail.example.com,example.com")]
    [InlineData("file:md5", "d41d8cd98f00b204e9800998ecf8427e", "")]
    [InlineData("ipv4-cidr", "192.0.0.0/2", "128.0.0.0/1,0.0.0.0/0")]
    [InlineData("ipv4-cidr", "0.0.0.0/0", "")]
    [InlineData("ipv6-cidr", "c000::/2", "8000::/1,::/0")]
    [InlineData("domain-name", "l.k.j.i.h.g.f.e.d.c.b.a.com",
        "h.g.f.e.d.c.b.a.com,g.f.e.d.c.b.a.com,f.e.d.c.b.a.com,e.d.c.b.a.com,d.c.b.a.com,c.b.a.com,b.a.com,a.com")]
    public void Containers_OfAValue_GoUpFromTheMostSpecific(string type, string value, string expected) =>
        string.Join(',', Of(type, value).Select(container => container.Text)).ShouldBe(expected);

    [Fact]
    public void Containers_OfAddresses_AreNetworksOfBothFamiliesWithinTheBound()
    {
        var four = Of("ipv4-addr", "198.51.100.7");
        four.Length.ShouldBe(33);
        four[0].ShouldBe(new(ObservableType.Ipv4Cidr, "198.51.100.7/32"));
        four[8].ShouldBe(new(ObservableType.Ipv4Cidr, "198.51.100.0/24"));
        four[^1].ShouldBe(new(ObservableType.Ipv4Cidr, "0.0.0.0/0"));

        var six = Of("url", "http://[2001:db8:1:2:3:4:5:6]/");
        six.Length.ShouldBe(Containers.Max);
        six[0].ShouldBe(new(ObservableType.Ipv6Addr, "2001:db8:1:2:3:4:5:6"));
        six[1].ShouldBe(new(ObservableType.Ipv6Cidr, "2001:db8:1:2:3:4:5:6/128"));
        foreach (var network in new[] { "2001:db8:1:2::/64", "2001:db8:1::/56", "2001:db8:1::/48", "2001:db8::/32", "2001:db8::/29", "::/0" })
            six.ShouldContain(new Observable(ObservableType.Ipv6Cidr, network));
        six.Distinct().Count().ShouldBe(six.Length);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("203.0.113.0/24")]
    [InlineData("::/0")]
    [InlineData("::ffff:0:0/95")]
    [InlineData("2001:db8::/32")]
    public void Network_ReadAndWritten_IsItself(string text)
    {
        ObservableParser.TryParse(ObservableType.Ipv4Cidr, text, out var network, out _).ShouldBeTrue();
        IpNetwork.TryRead(network, out var read).ShouldBeTrue();
        read.ToNetwork().ShouldBe(network);
        read.Widen(read.Length).ShouldBe(read);
    }

    private static System.Collections.Immutable.ImmutableArray<Observable> Of(string type, string value)
    {
        ObservableParser.TryParse(type, value, out var observable, out _).ShouldBeTrue(value);
        return Containers.Of(observable, PublicSuffixes.Shipped);
    }
}
