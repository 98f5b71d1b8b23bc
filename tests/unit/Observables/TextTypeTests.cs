using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>Names of suppliers, and texts that are compared exactly.</summary>
public sealed class TextTypeTests
{
    [Theory]
    [InlineData("Collins Aerospace", "collins aerospace")]
    [InlineData(" collins  \u00A0aerospace ", "collins aerospace")]
    [InlineData("COLLINS\u2003AEROSPACE", "collins aerospace")]
    [InlineData("Weiß & Söhne GmbH", "weiss & söhne gmbh")]
    [InlineData("WEISS & SO\u0308HNE GMBH", "weiss & söhne gmbh")]
    [InlineData("WEIẞ & SÖHNE GMBH", "weiss & söhne gmbh")]
    [InlineData("ΌΜΙΛΟΣ", "όμιλος")]
    [InlineData("\u00B5Torr", "\u03BCtorr")]
    [InlineData("H\u0331", "\u1E96")]
    // What stays apart: no text tells whether these are the same company
    [InlineData("Acme", "acme")]
    [InlineData("Acme S.A.", "acme s.a.")]
    [InlineData("Société", "société")]
    [InlineData("Societe", "societe")]
    public void Supplier_AnyCaseAndSpace_IsOneName(string written, string canonical)
    {
        // The final sigma of the Greek example is the other sigma once folded.
        Canonical.Of("supplier", written).ShouldBe(canonical.Replace('ς', 'σ'));
    }

    [Theory]
    [InlineData("mutex", @"Global\冰ǣ", @"Global\冰ǣ")]
    [InlineData("mutex", "  MSO~2 ", "MSO~2")]
    [InlineData("mutex", "a[.]b  (dot)", "a[.]b  (dot)")]
    [InlineData("mutex", "e\u0301", "é")]
    [InlineData("mutex", "a\u200Db", "a\u200Db")]
    [InlineData("user-agent", "Mozilla/5.0 (Windows NT 6.1; rv:11.0)  like Gecko", "Mozilla/5.0 (Windows NT 6.1; rv:11.0)  like Gecko")]
    [InlineData("user-agent", "hxxp", "hxxp")]
    public void FreeText_AsWritten_IsKept(string type, string written, string canonical) =>
        Canonical.Of(type, written).ShouldBe(canonical);

    [Fact]
    public void FreeText_OtherCase_IsAnotherValue() =>
        Canonical.Of("mutex", "MutexTest").ShouldNotBe(Canonical.Of("mutex", "mutextest"));

    [Theory]
    [InlineData("supplier", "a\u200Bb")]
    [InlineData("supplier", "a\u202Eb")]
    [InlineData("supplier", "a\uE000b")]
    [InlineData("supplier", "a\uFFFEb")]
    [InlineData("mutex", "a\u2028b")]
    [InlineData("user-agent", "a\u2029b")]
    [InlineData("mutex", "a\uFFFEb")]
    public void TryParse_TextWithWhatActsOrIsUnassigned_IsRefused(string type, string value) => Refusals.AreOf(type, value);

    [Theory]
    [InlineData("supplier", "a\tb")]
    [InlineData("mutex", "a\nb")]
    [InlineData("mutex", "a\0b")]
    [InlineData("user-agent", "a\u009Bb")]
    public void TryParse_TextWithControlCharacter_IsRefused(string type, string value) =>
        Canonical.Refusal(type, value).Reason.ShouldBe("OBSERVABLE_HAS_CONTROL_CHARACTER");

    [Theory]
    [InlineData("supplier", Bounds.SupplierBytesMax)]
    [InlineData("mutex", Bounds.FreeTextBytesMax)]
    [InlineData("user-agent", Bounds.FreeTextBytesMax)]
    public void TryParse_TextOverItsBound_IsRefused(string type, int bytesMax)
    {
        var longest = new string('é', bytesMax / 2);
        Canonical.Of(type, longest).ShouldBeSameAs(longest);
        Refusals.AreOf(type, longest + "e");
        Canonical.Of(type, longest[1..].Insert(0, "e\u0301")).ShouldBe(longest);
    }

    // Every character there is, alone and where it meets a mark that composes or is moved by ordering.
    [Fact]
    public void Canonical_OfCanonical_IsItselfForEveryCharacter()
    {
        ObservableType[] types = [ObservableType.Supplier, ObservableType.Mutex];
        string[] marks = ["", "\u0308", "\u0301", "\u0323\u0307", "\u0331", "\u0345", "\u0345\u0301", "\u0399"];
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value)) continue;
            var one = new Rune(value).ToString();
            foreach (var mark in marks)
            {
                foreach (var type in types) Canonical.Unstable(type, $"a{one}{mark}b").ShouldBeNull();
            }
        }
    }
}
