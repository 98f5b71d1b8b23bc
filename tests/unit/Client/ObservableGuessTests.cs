using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Tests.Unit.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>The client asks for the type that the grid would have guessed.</summary>
public sealed class ObservableGuessTests
{
    [Theory]
    [InlineData("CVE-2024-3400")]
    [InlineData("cve\u20112024\u20113400")]
    [InlineData("AS64496")]
    [InlineData("asn 1.10")]
    [InlineData("CPE:2.3:a:foo:bar:1.0:*:*:*:*:*:*:*")]
    [InlineData("cpe:/a:foo:bar")]
    [InlineData("T13d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData("as64496.example")]
    [InlineData("cve-2024-3400.example")]
    [InlineData("192[.]0.2.1")]
    [InlineData("hxxps://a[.]example/b")]
    [InlineData("a[at]b.example")]
    [InlineData("2001:db8::/32")]
    public void Of_BareValue_IsWhatTheGridGuesses(string value) =>
        ObservableGuess.Of(value).Type.ShouldBe(ObservableTypes.NameOf(ObservableParser.Guess(value)));

    [Fact]
    public void Of_CanonicalValueThatTheGridGuesses_IsTheSameType()
    {
        foreach (var value in ObservableTypes.All.Select(SomeValues.Of))
        {
            var guess = ObservableParser.Guess(value);
            if (guess == ObservableType.Unspecified) continue;
            ObservableGuess.Of(value).Type.ShouldBe(ObservableTypes.NameOf(guess), value);
        }
    }
}
