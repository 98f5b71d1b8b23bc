using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

public sealed class GuessTests
{
    [Theory]
    [InlineData("1.2.3.4", ObservableType.Ipv4Addr)]
    [InlineData("1[.]2.3.4", ObservableType.Ipv4Addr)]
    [InlineData("::ffff:1.2.3.4", ObservableType.Ipv4Addr)]
    [InlineData("2001:db8::1", ObservableType.Ipv6Addr)]
    [InlineData("10.0.0.0/8", ObservableType.Ipv4Cidr)]
    [InlineData("2001:db8::/32", ObservableType.Ipv6Cidr)]
    [InlineData("evil[.]example", ObservableType.DomainName)]
    [InlineData("hxxps://evil[.]example/x", ObservableType.Url)]
    [InlineData("http://user@evil.example", ObservableType.Url)]
    [InlineData("a(at)evil.example", ObservableType.EmailAddr)]
    [InlineData("D41D8CD98F00B204E9800998ECF8427E", ObservableType.FileMd5)]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", ObservableType.FileSha1)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", ObservableType.FileSha256)]
    [InlineData("cve-2024-3400", ObservableType.Vulnerability)]
    [InlineData("AS64496", ObservableType.Asn)]
    [InlineData(" as1.10", ObservableType.Asn)]
    [InlineData("cpe:2.3:a:foo:bar:1.0:*:*:*:*:*:*:*", ObservableType.Software)]
    [InlineData("cpe:/a:foo:bar:1.0", ObservableType.Software)]
    [InlineData("t13d1516h2_8daaf6152771_e5627efa2ab1", ObservableType.Ja4)]
    [InlineData("64496", ObservableType.Unspecified)]
    [InlineData("1.10", ObservableType.Unspecified)]
    [InlineData("as64496.example", ObservableType.DomainName)]
    [InlineData("cve-2024-3400.example", ObservableType.DomainName)]
    [InlineData("AS0", ObservableType.Unspecified)]
    [InlineData("Collins Aerospace", ObservableType.Unspecified)]
    [InlineData("Mozilla/5.0 (Windows NT 6.1)", ObservableType.Unspecified)]
    [InlineData(@"Global\mutex", ObservableType.Unspecified)]
    [InlineData("localhost", ObservableType.Unspecified)]
    [InlineData("1.2", ObservableType.Unspecified)]
    [InlineData("what is this", ObservableType.Unspecified)]
    [InlineData("", ObservableType.Unspecified)]
    public void Guess_BareValue_IsTheTypeAPersonMeans(string value, ObservableType type) =>
        ObservableParser.Guess(value).ShouldBe(type);

    [Fact]
    public void Guess_ValueOfEachType_IsThatTypeOrOneThatComesBefore()
    {
        var guesses = ObservableTypes.All.ToDictionary(type => type, type => ObservableParser.Guess(SomeValues.Of(type)));
        ObservableType[] never = [ObservableType.Supplier, ObservableType.Mutex, ObservableType.UserAgent];
        foreach (var type in never) guesses[type].ShouldBe(ObservableType.Unspecified, type.ToString());
        guesses[ObservableType.Ja3].ShouldBe(ObservableType.FileMd5);
        guesses[ObservableType.X509Sha256].ShouldBe(ObservableType.FileSha256);
        // Canonical, an AS number has lost the prefix that told it.
        guesses[ObservableType.Asn].ShouldBe(ObservableType.Unspecified);
        foreach (var type in ObservableTypes.All.Where(type => type <= ObservableType.FileSha256 || type is
            ObservableType.Vulnerability or ObservableType.Software or ObservableType.Ja4)) guesses[type].ShouldBe(type);
    }

    [Fact]
    public void Types_EveryMemberOfTheEnumeration_HasANameThatLeadsBack()
    {
        ObservableTypes.All.ShouldBe(Enum.GetValues<ObservableType>()
            .Where(type => type != ObservableType.Unspecified));
        foreach (var type in ObservableTypes.All)
        {
            ObservableTypes.TryParse(ObservableTypes.NameOf(type), out var back).ShouldBeTrue();
            back.ShouldBe(type);
        }
        ObservableTypes.TryParse("IPV4-ADDR", out _).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => ObservableTypes.NameOf(ObservableType.Unspecified));
    }
}
