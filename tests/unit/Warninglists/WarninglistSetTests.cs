using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Warninglists;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Warninglists;

public sealed class WarninglistSetTests
{
    private static readonly string[] Hosts = ["domain", "hostname", "url", "email-src", "ip-src"];

    [Theory]
    [InlineData("www.example.org", true)]
    [InlineData("WWW.Example.ORG", true)]
    [InlineData("example.org", false)]
    [InlineData("a.www.example.org", false)]
    [InlineData("https://www.example.org/", false)]
    [InlineData("https://www.example.org/Exactly", true)]
    [InlineData("https://www.example.org/exactly", false)]
    [InlineData("xn--mnchen-3ya.de", true)]
    [InlineData("198.51.100.7", true)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", false)]
    public void String_HoldsTheWholeCanonicalValue(string value, bool isHeld) => Holds(
        SomeLists.Of(
            "string", Hosts, "WWW.example.org", "HTTPS://www.example.org/Exactly", "münchen.de", "198.51.100.7",
            "D41D8CD98F00B204E9800998ECF8427E", "no value of any kind"),
        value).ShouldBe(isHeld);

    [Theory]
    [InlineData("x509-fingerprint-sha256", "x509:sha256", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("ja3-fingerprint-md5", "ja3", "D41D8CD98F00B204E9800998ECF8427E")]
    [InlineData("AS", "asn", "AS64496")]
    [InlineData("vulnerability", "vulnerability", "CVE-2021-44228")]
    [InlineData("cpe", "software", "cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*")]
    [InlineData("mutex", "mutex", "Global\\One")]
    [InlineData("user-agent", "user-agent", "Agent/1.0")]
    public void String_OfATypeOfItsOwn_HoldsTheValueAndNothingOfOtherTypes(string attribute, string type, string text)
    {
        ObservableParser.TryParse(type, text, out var value, out _).ShouldBeTrue();
        SomeLists.Of("string", [attribute], text).Holds(value).ShouldBeTrue();
        SomeLists.Of("string", Hosts, text).Holds(value).ShouldBeFalse();
    }

    [Theory]
    [InlineData("example.org", true)]
    [InlineData("a.b.example.org", true)]
    [InlineData("badexample.org", false)]
    [InlineData("org", false)]
    [InlineData("https://user@www.example.org:8443/x?y#example.com", true)]
    [InlineData("https://example.com/example.org", false)]
    [InlineData("ann@mail.example.org", true)]
    [InlineData("below.dotted.example", true)]
    [InlineData("http://198.51.100.7/x", true)]
    [InlineData("http://51.100.7.example/", false)]
    [InlineData("198.51.100.7", true)]
    [InlineData("http://1.198.51.100/", false)]
    public void Hostname_HoldsTheHostAndAllBelowIt(string value, bool isHeld) => Holds(
        SomeLists.Of("hostname", Hosts, "Example.org", ".dotted.example.", "198.51.100.7", "51.100", "two words"), value).ShouldBe(isHeld);

    [Theory]
    [InlineData("198.51.100.7", true)]
    [InlineData("198.51.101.7", false)]
    [InlineData("203.0.113.9", true)]
    [InlineData("203.0.113.8", false)]
    [InlineData("198.51.100.128/25", true)]
    [InlineData("198.51.100.0/24", true)]
    [InlineData("198.51.0.0/16", false)]
    [InlineData("::ffff:198.51.100.7", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("2001:db9::7", false)]
    [InlineData("::1", true)]
    [InlineData("http://[2001:db8::7]:8080/", true)]
    [InlineData("http://198.51.100.7/", true)]
    [InlineData("0.0.0.1", false)]
    public void Cidr_HoldsWhatLiesWithin(string value, bool isHeld) => Holds(
        SomeLists.Of("cidr", Hosts, "198.51.100.9/24", "203.0.113.9", "2001:DB8::/32", "::/80"), value).ShouldBe(isHeld);

    [Fact]
    public void Substring_HoldsAnyPart_UpperAndLowerCaseAlike()
    {
        var lists = SomeLists.Of("substring", ["url", "domain"], "Sand.Box", "0123456789");
        Holds(lists, "https://x.example/a?SAND.BOX").ShouldBeTrue();
        Holds(lists, "mysand.boxes.example").ShouldBeTrue();
        Holds(lists, "sand-box.example").ShouldBeFalse();
        Holds(lists, "ann@sand.box.example").ShouldBeFalse("it is not about e-mail addresses");
    }

    [Fact]
    public void Regex_IsWrittenAsInPhp_AndNeverBacktracks()
    {
        var lists = SomeLists.Of("regex", ["email-src"], @"/^(SOC|abuse)\@.*\..*$/i", "^plain@", "^(a+)+@x\\.example$");
        Holds(lists, "soc@anything.example").ShouldBeTrue();
        Holds(lists, "plain@x.example").ShouldBeTrue();
        Holds(lists, "not-soc@x.example").ShouldBeFalse();
        Holds(lists, new string('a', 60) + "@y.example").ShouldBeFalse();
    }

    [Theory]
    [InlineData("ip-src|port", "198.51.100.7", true)]
    [InlineData("domain|ip", "198.51.100.7", true)]
    [InlineData("domain", "198.51.100.7", false)]
    [InlineData("hostname|port", "x.example", true)]
    [InlineData("domain|ip", "x.example", false)]
    [InlineData("uri", "http://x.example/", true)]
    [InlineData("whois-registrant-email", "ann@x.example", true)]
    [InlineData("filename|sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709", true)]
    [InlineData("sha1", "d41d8cd98f00b204e9800998ecf8427e", false)]
    [InlineData("phone-number", "x.example", false)]
    public void MatchingAttributes_DecideWhichTypesAreMeant(string attribute, string value, bool isHeld) => Holds(
        SomeLists.Of("string", [attribute], "198.51.100.7", "x.example", "http://x.example/", "ann@x.example",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709", "d41d8cd98f00b204e9800998ecf8427e"),
        value).ShouldBe(isHeld);

    [Fact]
    public void Names_OfSeveralLists_AreSortedAndEachOnce()
    {
        using var lists = new SomeLists();
        string[] names = [.. Enumerable.Range(0, 70).Select(i => $"list {i * 37 % 70:00}")];
        foreach (var name in names) lists.Write(name.Replace(' ', '-'), Json(name));
        lists.WriteIndex([.. names.Select(name => name.Replace(' ', '-'))]);
        var set = new WarninglistSet(WarninglistFiles.ReadDirectory(lists.Directory));

        set.NamesOf(SomeLists.Value("a.x.example")).ShouldBe(names.Order(StringComparer.Ordinal));
        set.NamesOf(SomeLists.Value("y.example")).ShouldBeEmpty();
        WarninglistSet.Empty.NamesOf(SomeLists.Value("a.x.example")).ShouldBeEmpty();

        static string Json(string name) =>
            $$"""{"name":"{{name}}","type":"hostname","list":["x.example","a.x.example","x.example"],"matching_attributes":["domain"]}""";
    }

    private static bool Holds(WarninglistSet lists, string text)
    {
        var value = text == "org" ? new Observable(ObservableType.DomainName, text) : SomeLists.Value(text);
        lists.Holds(value).ShouldBe(lists.NamesOf(value).Length > 0);
        return lists.Holds(value);
    }
}
