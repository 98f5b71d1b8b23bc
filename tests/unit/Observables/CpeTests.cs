using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>Names of software, by the examples of NIST IR 7695.</summary>
public sealed class CpeTests
{
    [Theory]
    // 6.2.2.3
    [InlineData("cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*")]
    [InlineData(@"cpe:2.3:a:microsoft:internet_explorer:8.\*:sp?:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:hp:insight:7.4.0.1570:-:*:*:online:win2003:x64:*")]
    [InlineData("cpe:2.3:a:hp:openview_network_manager:7.51:*:*:*:*:linux:*:*")]
    [InlineData(@"cpe:2.3:a:foo\\bar:big\$money_2010:*:*:*:*:special:ipod_touch:80gb:*")]
    // 5.3.2 and figure 6-3
    [InlineData(@"cpe:2.3:a:foo:bar\:mumble:1.0:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:o:foo:foo-bar:??8.??:*:*:de-at:*:*:*:*")]
    [InlineData("cpe:2.3:h:foo:*soft*:-:*:*:es-419:*:*:*:*")]
    public void Software_Bound_IsCanonical(string bound) => Canonical.Of("software", bound).ShouldBeSameAs(bound);

    [Theory]
    [InlineData("CPE:2.3:A:Fortinet:FortiOS:7.2.5:*:*:EN-us:*:*:*:*", "cpe:2.3:a:fortinet:fortios:7.2.5:*:*:en-us:*:*:*:*")]
    // 6.2.2.2: hyphen, period and underscore are bare; 6.2.3.2: other punctuation is quoted
    [InlineData(@"cpe:2.3:a:a\-b:c\_d:1\.0:*:*:*:*:*:*:*", "cpe:2.3:a:a-b:c_d:1.0:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:gnu:g++:~1:*:*:*:*:*:*:*", @"cpe:2.3:a:gnu:g\+\+:\~1:*:*:*:*:*:*:*")]
    public void Software_OtherQuotingAndCase_IsBoundAnew(string written, string canonical) =>
        Canonical.Of("software", written).ShouldBe(canonical);

    [Theory]
    // 6.1.3.3, then bound to a formatted string (7.1)
    [InlineData("cpe:/a:microsoft:internet_explorer:8.0.6001:beta",
        "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*")]
    [InlineData("cpe:/a:microsoft:internet_explorer:8.%2a:sp%3f",
        @"cpe:2.3:a:microsoft:internet_explorer:8.\*:sp\?:*:*:*:*:*:*")]
    [InlineData("cpe:/a:microsoft:internet_explorer:8.%02:sp%01",
        "cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*")]
    [InlineData("cpe:/a:hp:insight_diagnostics:7.4.0.1570::~~online~win2003~x64~",
        "cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:*:*:*:online:win2003:x64:*")]
    [InlineData("cpe:/a:hp:openview_network_manager:7.51:-:~~~linux~~",
        "cpe:2.3:a:hp:openview_network_manager:7.51:-:*:*:*:linux:*:*")]
    [InlineData("cpe:/a:foo~bar:big%7emoney_2010", @"cpe:2.3:a:foo\~bar:big\~money_2010:*:*:*:*:*:*:*:*")]
    // 6.1.2.4.5
    [InlineData("cpe:/a:foo%5cbar:big%24money_manager_2010:::~~special~ipod_touch~80gb~",
        @"cpe:2.3:a:foo\\bar:big\$money_manager_2010:*:*:*:*:special:ipod_touch:80gb:*")]
    [InlineData("CPE:/O:Microsoft:Windows_XP:::Pro:EN-US", "cpe:2.3:o:microsoft:windows_xp:*:*:pro:en-us:*:*:*:*")]
    [InlineData("cpe:/a:foo:b%3Ac", @"cpe:2.3:a:foo:b\:c:*:*:*:*:*:*:*:*")]
    public void Software_Uri22_IsTheFormattedString(string uri, string canonical) =>
        Canonical.Of("software", uri).ShouldBe(canonical);

    [Theory]
    // 6.2.3.3 and 6.1.3.3, the examples that raise an error
    [InlineData("cpe:2.3:a:hp:insight_diagnostics:7.4.*.1570:*:*:*:*:*:*:*")]
    [InlineData("cpe:/a:foo%5cbar:big%24money_2010%07:::~~special~ipod_touch~80gb~")]
    [InlineData("cpe:/a:foo:bar:12.%02.1234")]
    // Figure 6-3
    [InlineData("cpe:2.3:a:foo:bar")]
    [InlineData("cpe:2.3:a:foo:bar:1:*:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:bar::*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:x:foo:bar:*:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:bar:*:*:*:english:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:bar:*:*:*:en-123-x:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:b ar:*:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:bär:*:*:*:*:*:*:*:*")]
    [InlineData(@"cpe:2.3:a:foo:b\ar:*:*:*:*:*:*:*:*")]
    [InlineData(@"cpe:2.3:a:foo:bar:*:*:*:*:*:*:*:x\")]
    [InlineData("cpe:2.3:a:foo:bar:**:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:bar:??:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:foo:bar:*?1:*:*:*:*:*:*:*")]
    [InlineData(@"cpe:2.3:a:foo:bar:\-:*:*:*:*:*:*:*")]
    [InlineData("cpe:2.3:a:*:-:1.0:*:*:*:*:*:*:*")]
    [InlineData("cpe:/")]
    [InlineData("cpe:/a:foo:bar:1:2:3:en:x")]
    [InlineData("cpe:/a:foo:bar:::~~online~")]
    [InlineData("cpe:/a:foo:%02")]
    [InlineData("cpe:/a:foo:b%41r")]
    [InlineData("cpe:/a:foo:bar%2")]
    [InlineData("cpe:/a:foo:g++")]
    [InlineData("cpe://a:foo:bar")]
    [InlineData("fortios 7.2.5")]
    public void TryParse_NoLawfulCpe_IsRefused(string value) => Refusals.AreOf("software", value);
}
