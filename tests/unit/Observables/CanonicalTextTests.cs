using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

public sealed class CanonicalTextTests
{
    [Theory]
    // RFC 5952, sections 4.1 to 4.3 (and its section 1 for the eight spellings of one address)
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8::1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8::0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:0db8::1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:0:1::1", "2001:db8::1:0:0:1")]
    [InlineData("2001:DB8:0:0:1::1", "2001:db8::1:0:0:1")]
    [InlineData("2001:0db8::0001", "2001:db8::1")]
    [InlineData("2001:db8:0:0:0:0:2:1", "2001:db8::2:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("0:0:0:0:0:0:0:0", "::")]
    [InlineData("1::", "1::")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData(" 2001[:]db8[:][:]1 ", "2001:db8::1")]
    public void Ipv6_AnySpelling_IsRfc5952(string written, string canonical)
    {
        Canonical.Of("ipv6-addr", written).ShouldBe(canonical);
        Canonical.TypeOf("ipv4-addr", written).ShouldBe("ipv6-addr");
    }

    [Theory]
    [InlineData("ipv4-addr", "192.0.2.1", "192.0.2.1")]
    [InlineData("ipv6-addr", "192.0.2.1", "192.0.2.1")]
    [InlineData("ipv6-addr", "::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("ipv6-addr", "::FFFF:c000:0201", "192.0.2.1")]
    [InlineData("ipv4-addr", "0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("ipv4-addr", "192[.]0(.)2{.}1", "192.0.2.1")]
    [InlineData("ipv4-addr", "\t192.0.2[dot]1\n", "192.0.2.1")]
    public void Ipv4_AnySpelling_IsDottedDecimal(string type, string written, string canonical)
    {
        Canonical.Of(type, written).ShouldBe(canonical);
        Canonical.TypeOf(type, written).ShouldBe("ipv4-addr");
    }

    [Theory]
    [InlineData("ipv4-cidr", "192.0.2.77/24", "ipv4-cidr", "192.0.2.0/24")]
    [InlineData("ipv4-cidr", "255.255.255.255/0", "ipv4-cidr", "0.0.0.0/0")]
    [InlineData("ipv4-cidr", "192.0.2.1/32", "ipv4-cidr", "192.0.2.1/32")]
    [InlineData("ipv6-cidr", "192[.]0.2.1/31", "ipv4-cidr", "192.0.2.0/31")]
    [InlineData("ipv6-cidr", "2001:DB8::1/32", "ipv6-cidr", "2001:db8::/32")]
    [InlineData("ipv4-cidr", "2001:db8::ffff/127", "ipv6-cidr", "2001:db8::fffe/127")]
    [InlineData("ipv6-cidr", "::ffff:192.0.2.77/120", "ipv4-cidr", "192.0.2.0/24")]
    [InlineData("ipv6-cidr", "::ffff:192.0.2.77/96", "ipv4-cidr", "0.0.0.0/0")]
    [InlineData("ipv6-cidr", "::ffff:192.0.2.77/95", "ipv6-cidr", "::fffe:0:0/95")]
    [InlineData("ipv6-cidr", "ff::/0", "ipv6-cidr", "::/0")]
    public void Network_HostBits_AreCleared(string type, string written, string canonicalType, string canonical)
    {
        Canonical.Of(type, written).ShouldBe(canonical);
        Canonical.TypeOf(type, written).ShouldBe(canonicalType);
    }

    [Theory]
    [InlineData("Example.COM.", "example.com")]
    [InlineData("_dmarc.example.com", "_dmarc.example.com")]
    [InlineData("evil[.]example(dot)com", "evil.example.com")]
    [InlineData("evil{.}example[DOT]com", "evil.example.com")]
    [InlineData("hxxp.example.com", "hxxp.example.com")]
    [InlineData("dot.at.fxp.example", "dot.at.fxp.example")]
    [InlineData("r3---sn-.example.com", "r3---sn-.example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("1e100.net", "1e100.net")]
    // UTS 46, non-transitional, sections 2 and 4, and IdnaTestV2
    [InlineData("faß.de", "xn--fa-hia.de")]
    [InlineData("FAẞ.de", "xn--fa-hia.de")]
    [InlineData("βόλος.com", "xn--nxasmm1c.com")]
    [InlineData("Bücher.De", "xn--bcher-kva.de")]
    [InlineData("bu\u0308cher。de．", "xn--bcher-kva.de")]
    [InlineData("b\u00ADücher.de", "xn--bcher-kva.de")]
    [InlineData("ｅｘａｍｐｌｅ.com", "example.com")]
    [InlineData("☃.net", "xn--n3h.net")]
    [InlineData("-a.bücher.de", "-a.xn--bcher-kva.de")]
    [InlineData("xn--Bcher-KVA.de", "xn--bcher-kva.de")]
    // Decodes to nothing, resolves all the same
    [InlineData("xn--a.example", "xn--a.example")]
    public void DomainName_AnySpelling_IsLowerCaseALabels(string written, string canonical) =>
        Canonical.Of("domain-name", written).ShouldBe(canonical);

    [Theory]
    [InlineData("Info@Example.COM", "info@example.com")]
    [InlineData("a(at)b[.]example", "a@b.example")]
    [InlineData("a[at]b.example", "a@b.example")]
    [InlineData("first[.]last[@]b[dot]example", "first.last@b.example")]
    [InlineData("at@dot.example", "at@dot.example")]
    [InlineData("a{.}b@c.example", "a{.}b@c.example")]
    [InlineData("x@bücher.de", "x@xn--bcher-kva.de")]
    [InlineData("u\u0308@b.example", "ü@b.example")]
    [InlineData(" .a..b.@c.example. ", ".a..b.@c.example")]
    public void EmailAddress_AnySpelling_IsLowerCaseAtCanonicalDomain(string written, string canonical) =>
        Canonical.Of("email-addr", written).ShouldBe(canonical);

    [Theory]
    [InlineData("file:md5", 32)]
    [InlineData("file:sha1", 40)]
    [InlineData("file:sha256", 64)]
    public void FileHash_UpperCase_IsLowerHex(string type, int digits) =>
        Canonical.Of(type, " " + new string('A', digits) + " ").ShouldBe(new string('a', digits));

    [Fact]
    public void TryParse_CanonicalAlready_ReturnsTheSameString()
    {
        foreach (var type in ObservableTypes.All)
        {
            var value = SomeValues.Of(type);
            ObservableParser.TryParse(type, value, out var observable, out _).ShouldBeTrue();
            observable.Type.ShouldBe(type);
            observable.Text.ShouldBeSameAs(value);
        }
    }
}
