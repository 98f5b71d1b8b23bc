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
    [InlineData("localhost", ObservableType.Unspecified)]
    [InlineData("1.2", ObservableType.Unspecified)]
    [InlineData("what is this", ObservableType.Unspecified)]
    [InlineData("", ObservableType.Unspecified)]
    public void Guess_BareValue_IsTheTypeAPersonMeans(string value, ObservableType type) =>
        ObservableParser.Guess(value).ShouldBe(type);

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
