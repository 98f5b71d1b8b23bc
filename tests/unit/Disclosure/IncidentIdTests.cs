using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Incidents;
using CrossBorderSoc.Tests.Model.Generation;
using CrossBorderSoc.Tests.Model.Incidents;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public sealed class IncidentIdTests
{
    [Fact]
    public void Id_OfAnyKey_LeadsBackToItAndSaysNothingElse() => Gen.Byte.Array[20].Sample(hash =>
    {
        var key = "hub/" + Convert.ToHexStringLower(hash);
        var id = IncidentId.OfKey(key);
        id.ShouldMatch("^INC-[A-Z2-7]{32}$");
        IncidentId.TryReadKey(id, new("BE"), out var back).ShouldBeTrue();
        back.ShouldBe("BE/" + key["hub/".Length..]);
    });

    [Fact]
    public void Id_OfAKnownHash_IsRfc4648() =>
        // "foobar" of RFC 4648, section 10, is MZXW6YTBOI; 20 bytes make 32 letters without padding.
        IncidentId.OfKey("hub/" + Convert.ToHexStringLower("foobarfoobarfoobarfo"u8)).ShouldStartWith("INC-MZXW6YTBO");

    [Fact]
    public void Id_OfAnyValue_IsTheModels() => Gen.Byte.Array[32].Select(Gen.Int[0, Palette.Observables.Count - 1]).Sample((secret, place) =>
    {
        var (keys, value) = (new ActorKeyring(new Dictionary<Home, byte[]> { [Home.Hub] = secret }), Palette.Observables[place]);
        IncidentId.OfKey(keys.IncidentKeyOf(Digest.Of(value.ToProduct()))).ShouldBe(Identifier.Of(secret, value));
    });

    [Theory]
    [InlineData("")]
    [InlineData("INC-")]
    [InlineData("inc-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("INC-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1")]
    [InlineData("INC-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Text_ThatIsNoId_IsRefused(string text) => IncidentId.TryReadKey(text, Home.Hub, out _).ShouldBeFalse();

    [Fact]
    public void Key_OfAnIncident_IsNotThatOfTheIndicator()
    {
        var keys = new ActorKeyring(new Dictionary<Home, byte[]> { [Home.Hub] = new byte[32] });
        var digest = Digest.Of(new Observable(ObservableType.DomainName, "one.example"));
        keys.IncidentKeyOf(digest).ShouldNotBe(keys.KeyOf(Home.Hub, digest));
    }
}
