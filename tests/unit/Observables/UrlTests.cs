using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

public sealed class UrlTests
{
    [Theory]
    // RFC 3986, section 6.2.2 and its subsections
    [InlineData("HTTP://www.EXAMPLE.com/", "http://www.example.com/")]
    [InlineData("example://a/b/c/%7Bfoo%7D", "example://a/b/c/%7Bfoo%7D")]
    [InlineData("eXAMPLE://a/./b/../b/%63/%7bfoo%7d", "example://a/b/c/%7Bfoo%7D")]
    // Section 6.2.3
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("http://example.com:/", "http://example.com/")]
    [InlineData("http://example.com:80/", "http://example.com/")]
    [InlineData("https://example.com:00443", "https://example.com/")]
    [InlineData("https://example.com:80", "https://example.com:80/")]
    [InlineData("ftp://ftp.example.com:21", "ftp://ftp.example.com/")]
    [InlineData("http://example.com/?", "http://example.com/?")]
    [InlineData("http://example.com?q#f", "http://example.com/?q#f")]
    [InlineData("http://example.com#", "http://example.com/#")]
    // Section 5.2.4 and 5.4
    [InlineData("http://a/b/c/./../../g", "http://a/g")]
    [InlineData("http://a/b/c/..", "http://a/b/")]
    [InlineData("http://a/../../g", "http://a/g")]
    [InlineData("http://a/b/c/g;x=1/../y", "http://a/b/c/y")]
    [InlineData("http://a/b/c/g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("http://a/b//../c", "http://a/b/c")]
    [InlineData("http://a//b/", "http://a//b/")]
    [InlineData("http://a/.b/..c/...", "http://a/.b/..c/...")]
    [InlineData("http://a/%2e%2E/b/%2e", "http://a/b/")]
    // Section 2.1 to 2.4
    [InlineData("http://a/%7Euser%2fx%41", "http://a/~user%2FxA")]
    [InlineData("http://a/100%/%4%31%zz", "http://a/100%25/%2541%25zz")]
    [InlineData("http://a/é \"<>\\^`{|}?é[1]##", "http://a/%C3%A9%20%22%3C%3E%5C%5E%60%7B%7C%7D?%C3%A9%5B1%5D#%23")]
    public void Url_AnySpelling_IsRfc3986Normalised(string written, string canonical) =>
        Canonical.Of("url", written).ShouldBe(canonical);

    [Theory]
    [InlineData("http://Bücher.DE./x", "http://xn--bcher-kva.de/x")]
    [InlineData("http://ex%61mple.com/", "http://example.com/")]
    [InlineData("http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/")]
    [InlineData("http://[::]/", "http://[::]/")]
    [InlineData("http://[::ffff:192.0.2.1]/", "http://192.0.2.1/")]
    [InlineData("http://192.0.2.1:8080/a", "http://192.0.2.1:8080/a")]
    [InlineData("http://User:Pa%73s@a.example/", "http://User:Pass@a.example/")]
    [InlineData("http://a@b@c.example/", "http://a%40b@c.example/")]
    [InlineData("http://@c.example/", "http://c.example/")]
    [InlineData("http://_a.example", "http://_a.example/")]
    public void Url_Authority_IsCanonicalToo(string written, string canonical) =>
        Canonical.Of("url", written).ShouldBe(canonical);

    [Theory]
    [InlineData("hxxp://evil[.]example", "http://evil.example/")]
    [InlineData("hXXps://evil(dot)example/a[dot]php", "https://evil.example/a.php")]
    [InlineData("fxp://evil.example/", "ftp://evil.example/")]
    [InlineData("http[://]evil.example/x", "http://evil.example/x")]
    [InlineData("hxxp[:]//evil.example[:]8080/", "http://evil.example:8080/")]
    [InlineData("http://user[@]evil[.]example/", "http://user@evil.example/")]
    [InlineData("http://user(at)evil.example/", "http://user@evil.example/")]
    [InlineData("hxxp://[2001:db8::1]/", "http://[2001:db8::1]/")]
    [InlineData("http://[2001[:]db8::1]:81/", "http://[2001:db8::1]:81/")]
    [InlineData("http://a.example/invoices(.)zip", "http://a.example/invoices.zip")]
    [InlineData("http://hxxp.example/hxxp://x", "http://hxxp.example/hxxp://x")]
    [InlineData("http://a.example/wiki/Tilde_(dot)", "http://a.example/wiki/Tilde_(dot)")]
    [InlineData("http://a.example/ngx(2)/", "http://a.example/ngx(2)/")]
    public void Url_Defanged_IsRefangedWhereItIsDefanged(string written, string canonical) =>
        Canonical.Of("url", written).ShouldBe(canonical);
}
