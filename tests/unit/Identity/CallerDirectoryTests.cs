using System.Security.Cryptography;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Tests.Unit.Gateway;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Identity;

public sealed class CallerDirectoryTests : IDisposable
{
    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeGrid _node = new() { OnNow = () => 1_000_000 };
    private readonly CallerDirectory _callers;
    private readonly CallerToken _token;

    public CallerDirectoryTests()
    {
        _token = TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", "nsoc.be")));
        var verifier = new TokenVerifier(
            TokenClaims.DevelopmentIssuer, TokenForge.Keys(("issuer", _issuer)), new FakeTimeProvider(TokenForge.Start));
        _callers = new(verifier, _node, new ClearanceCache());
    }

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public void Asker_IsJudgedAtTheQuestionsInstant_NotAtTheNodesOwn()
    {
        _callers.AskerOf(new(_token, 999_000)).At.ShouldBe(999_000);
        _callers.AskerOf(new(_token, 1_001_000)).At.ShouldBe(1_001_000);
    }

    [Fact]
    public void Asker_AtAnInstantThatTheNodeDoesNotAccept_IsUnavailable()
    {
        _node.OnAccepts = instant => instant >= 999_000;
        Should.Throw<GridUnavailableException>(() => _callers.AskerOf(new(_token, 998_999)));
        _callers.AskerOf(new(_token, 999_000)).PolicyVersion.ShouldBe(1);
    }

    [Fact]
    public void Asker_OfAFeed_IsJudgedAsOne()
    {
        _callers.AskerOf(new(_token, 999_000)).Clearance.Caller.ShouldBe(new("nsoc.be", null, Outlet.Call));
        _callers.AskerOf(new(_token, 999_000, Outlet.Feed)).Clearance.Caller.ShouldBe(new("nsoc.be", null, Outlet.Feed));
    }

    [Fact]
    public void Asker_WithoutALease_IsUnavailable_AndIngestGoesOn()
    {
        _node.Current = null;
        Should.Throw<GridUnavailableException>(() => _callers.AskerOf(new(_token, 1_000_000)));
        _callers.OwnerOf(_token).OrganisationId.ShouldBe("nsoc.be");
    }

    [Fact]
    public void Asker_OfItsOwnAlone_NeedsNoLease_AndSeesNothingElse()
    {
        (_node.Current, _node.OnAccepts) = (null, _ => false);
        var question = new Question(_token, 0, IsOwnOnly: true);
        _callers.AskerOf(question).Clearance.Caller.ShouldBe(new("nsoc.be", IsOwnOnly: true));
        _callers.MayStillTell(question).ShouldBeTrue();
        _node.LastKnown = null;
        Should.Throw<GridUnavailableException>(() => _callers.AskerOf(question)).Message.ShouldContain("No policy");
    }
}
