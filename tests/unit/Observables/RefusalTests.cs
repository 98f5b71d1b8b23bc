using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("ipv4", "192.0.2.1", "type", "UNKNOWN_OBSERVABLE_TYPE")]
    [InlineData("", "192.0.2.1", "type", "UNKNOWN_OBSERVABLE_TYPE")]
    [InlineData("url", "", "value", "OBSERVABLE_EMPTY")]
    [InlineData("url", " \t\n", "value", "OBSERVABLE_EMPTY")]
    [InlineData("url", "http://a.example/\0", "value", "OBSERVABLE_HAS_CONTROL_CHARACTER")]
    [InlineData("domain-name", "a\u0085b.example", "value", "OBSERVABLE_HAS_CONTROL_CHARACTER")]
    [InlineData("ipv4-addr", "010.1.1.1", "value", "INVALID_IPV4_ADDR")]
    [InlineData("ipv4-addr", "1.2", "value", "INVALID_IPV4_ADDR")]
    [InlineData("ipv4-addr", "1.2.3.256", "value", "INVALID_IPV4_ADDR")]
    [InlineData("ipv4-addr", "1.2.3.", "value", "INVALID_IPV4_ADDR")]
    [InlineData("ipv4-addr", "1.2.3.4/32", "value", "INVALID_IPV4_ADDR")]
    [InlineData("ipv6-addr", "fe80::1%eth0", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "[::1]", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "1::2::3", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "1:2:3:4:5:6:7", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "1:2:3:4:5:6:7:8:9", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "1:2:3:4:5:6:7:8::", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "12345::", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "1:", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", ":1::", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv6-addr", "::ffff:010.1.1.1", "value", "INVALID_IPV6_ADDR")]
    [InlineData("ipv4-cidr", "192.0.2.0", "value", "INVALID_IPV4_CIDR")]
    [InlineData("ipv4-cidr", "192.0.2.0/33", "value", "INVALID_IPV4_CIDR")]
    [InlineData("ipv4-cidr", "192.0.2.0/08", "value", "INVALID_IPV4_CIDR")]
    [InlineData("ipv6-cidr", "2001:db8::/129", "value", "INVALID_IPV6_CIDR")]
    [InlineData("domain-name", "a..b", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", ".a", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "a.example..", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "192.0.2.1", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "example.0x7f", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "a b.example", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "*.example.com", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "a.example/x", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "a\u2024b.example", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("domain-name", "℀.example", "value", "INVALID_DOMAIN_NAME")]
    [InlineData("url", "a.example/x", "value", "INVALID_URL")]
    [InlineData("url", "mailto:a@b.example", "value", "INVALID_URL")]
    [InlineData("url", "file:///etc/passwd", "value", "INVALID_URL")]
    [InlineData("url", "http://a b.example/", "value", "INVALID_URL")]
    [InlineData("url", "http://a.example:65536/", "value", "INVALID_URL")]
    [InlineData("url", "http://a.example:8x/", "value", "INVALID_URL")]
    [InlineData("url", "http://010.1.1.1/", "value", "INVALID_URL")]
    [InlineData("url", "http://0x7f.1/", "value", "INVALID_URL")]
    [InlineData("url", "http://3232235777/", "value", "INVALID_URL")]
    [InlineData("url", "http://[fe80::1%25eth0]/", "value", "INVALID_URL")]
    [InlineData("url", "http://2001:db8::1/", "value", "INVALID_URL")]
    [InlineData("url", "http://a%00b.example/", "value", "INVALID_URL")]
    [InlineData("url", "http://a%FFb.example/", "value", "INVALID_URL")]
    public void TryParse_NoCanonicalText_IsRefusedWithFieldAndReason(
        string type, string value, string field, string reason)
    {
        var error = Canonical.Refusal(type, value);
        (error.Field, error.Reason).ShouldBe((field, reason));
        error.Message.Length.ShouldBeInRange(1, 300);
    }

    [Theory]
    [InlineData("email-addr", "a.example", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("email-addr", "@a.example", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("email-addr", "a b@a.example", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("email-addr", "a@b@a.example", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("email-addr", "\"a\"@a.example", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("email-addr", "a\u202Eb@a.example", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("email-addr", "A <a@a.example>", "value", "INVALID_EMAIL_ADDR")]
    [InlineData("file:md5", "d41d8cd98f00b204e9800998ecf8427", "value", "INVALID_FILE_MD5")]
    [InlineData("file:sha1", "d41d8cd98f00b204e9800998ecf8427e", "value", "INVALID_FILE_SHA1")]
    [InlineData("file:sha256", "ge3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", "value",
        "INVALID_FILE_SHA256")]
    public void TryParse_NoCanonicalEmailOrHash_IsRefusedWithFieldAndReason(
        string type, string value, string field, string reason) =>
        TryParse_NoCanonicalText_IsRefusedWithFieldAndReason(type, value, field, reason);

    [Fact]
    public void TryParse_LoneSurrogate_IsRefused()
    {
        foreach (var value in new[] { "http://a.b/\uD83D", "http://a.b/\uDE00x", "http://a\uD83D.b/" })
            Canonical.Refusal("url", value).Reason.ShouldBe("OBSERVABLE_NOT_UNICODE");
    }

    [Fact]
    public void TryParse_CanonicalTextOver8KiB_IsRefusedAndUnderItKeptWhole()
    {
        const string Prefix = "http://a.example/";
        var longest = Prefix + new string('x', Bounds.ObservableBytesMax - Prefix.Length);
        Canonical.Of("url", longest).ShouldBeSameAs(longest);
        Canonical.Refusal("url", longest + "x").Reason.ShouldBe("OBSERVABLE_TOO_LONG");
        // Short as written, long as encoded; and the other way round.
        Canonical.Refusal("url", Prefix + new string('é', 2_000)).Reason.ShouldBe("OBSERVABLE_TOO_LONG");
        Canonical.Of("url", Prefix + string.Concat(Enumerable.Repeat("%41", 8_000)))
            .Length.ShouldBe(Prefix.Length + 8_000);
        Canonical.Refusal("url", new string('x', 50_000_000)).Reason.ShouldBe("OBSERVABLE_TOO_LONG");
    }

    [Fact]
    public void TryParse_LongNames_AreRefusedByTheDnsBounds()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('a', 61)}";
        Canonical.Of("domain-name", longest + ".").ShouldBe(longest);
        Canonical.Refusal("domain-name", longest + "a").Reason.ShouldBe("INVALID_DOMAIN_NAME");
        Canonical.Refusal("domain-name", $"a{label}.example").Reason.ShouldBe("INVALID_DOMAIN_NAME");
        Canonical.Refusal("domain-name", new string('ü', 60) + ".example").Reason.ShouldBe("INVALID_DOMAIN_NAME");
    }

    [Fact]
    public void TryParse_NestedMarks_AreUndoneInLinearTime()
    {
        var nested = new string('(', 16_000) + "." + new string(')', 16_000);
        Canonical.Of("url", $"http://a.example/x{nested}y").ShouldBe("http://a.example/x.y");
    }

    [Fact]
    public void Message_UnknownType_NamesTheKnownOnesAndNotTheStrangers()
    {
        var message = Canonical.Refusal(new string('z', 10_000), "x").Message;
        message.ShouldContain("ipv4-addr");
        message.ShouldNotContain("zzz");
        foreach (var type in ObservableTypes.All) message.ShouldContain(ObservableTypes.NameOf(type));
    }
}
