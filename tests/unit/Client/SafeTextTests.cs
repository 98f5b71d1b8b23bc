using CrossBorderSoc.Client.Rendering;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("evil.example", "evil.example")]
    [InlineData("naïve – 日本 😀", "naïve – 日本 😀")]
    [InlineData("\e[2Jx", "\\u{1B}[2Jx")]
    [InlineData("a\nb\r\tc\a", "a\\u{A}b\\u{D}\\u{9}c\\u{7}")]
    [InlineData("\u009B31m", "\\u{9B}31m")]
    [InlineData("\u202Eexe.txt", "\\u{202E}exe.txt")]
    [InlineData("a\u00A0b\u2028", "a\\u{A0}b\\u{2028}")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    public void Of_CharactersThatAct_AreShown(string text, string safe) => SafeText.Of(text).ShouldBe(safe);

    // No attribute can hold half a character, so this is no row above.
    [Fact]
    public void Of_LoneSurrogate_IsTheReplacementCharacter() => SafeText.Of("a\uD800b").ShouldBe("a\uFFFDb");

    [Fact]
    public void Of_AnyText_HasNothingThatActs() => Gen.Char['\0', '\uFFFF'].Array[0, 20].Sample(chars =>
        SafeText.Of(new string(chars)).EnumerateRunes().ShouldAllBe(rune =>
            !System.Text.Rune.IsControl(rune)
            && System.Text.Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format));
}
