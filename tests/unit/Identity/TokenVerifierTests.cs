using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Identity;

public sealed class TokenVerifierTests : IDisposable
{
    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _homeBe = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _gateway = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeTimeProvider _time = new(TokenForge.Start);
    private readonly TokenVerifier _verifier;

    public TokenVerifierTests() => _verifier = new(
        TokenClaims.DevelopmentIssuer, TokenForge.Keys(("issuer", _issuer), ("home-BE", _homeBe), ("gateway", _gateway)), _time);

    public void Dispose()
    {
        _issuer.Dispose();
        _homeBe.Dispose();
        _gateway.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public void Verify_OrganisationsToken_NamesTheOrganisation()
    {
        var caller =
            Verify(TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", "nsoc.be")))).Caller.ShouldNotBeNull();
        caller.ShouldBe(new VerifiedCaller("nsoc.be", null, null, TokenForge.Start.AddHours(1)));
    }

    [Fact]
    public void Verify_PersonsToken_NamesPersonAndOrganisation() =>
        Verify(TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", "nsoc.be"), ("person", "ann@nsoc.be"))))
            .Caller!.Person.ShouldBe("ann@nsoc.be");

    [Fact]
    public void Verify_HomesToken_NamesTheHome() =>
        Verify(TokenForge.Es256(_homeBe, "home-BE", TokenForge.Claims(("home", "BE")))).Caller
            .ShouldBe(new VerifiedCaller(null, null, new Home("BE"), TokenForge.Start.AddHours(1)));

    public static TheoryData<string, TokenRefusal> Claims => new()
    {
        { "nobody", TokenRefusal.Claims },
        { "both", TokenRefusal.Claims },
        { "person without organisation", TokenRefusal.Claims },
        { "person of another organisation", TokenRefusal.Claims },
        { "person without name", TokenRefusal.Claims },
        { "organisation that is a path", TokenRefusal.Claims },
        { "organisation that is a list", TokenRefusal.Claims },
        { "wrong audience", TokenRefusal.Audience },
        { "no audience", TokenRefusal.Audience },
        { "wrong issuer", TokenRefusal.Issuer },
        { "expired", TokenRefusal.Lifetime },
        { "expires now", TokenRefusal.Lifetime },
        { "no expiry", TokenRefusal.Lifetime },
        { "not yet", TokenRefusal.Lifetime },
        { "home of the caller issuer's key", TokenRefusal.Claims },
    };

    [Theory, MemberData(nameof(Claims))]
    public void Verify_ClaimsThatMustNotPass_AreRefusedWithTheirReason(string which, TokenRefusal reason)
    {
        var start = TokenForge.Start.ToUnixTimeSeconds();
        var claims = which switch
        {
            "nobody" => TokenForge.Claims(),
            "both" => TokenForge.Claims(("org", "nsoc.be"), ("home", "BE")),
            "person without organisation" => TokenForge.Claims(("person", "ann@nsoc.be")),
            "person of another organisation" => TokenForge.Claims(("org", "nsoc.be"), ("person", "ann@nsoc.de")),
            "person without name" => TokenForge.Claims(("org", "nsoc.be"), ("person", "@nsoc.be")),
            "organisation that is a path" => TokenForge.Claims(("org", "../nsoc.be")),
            "organisation that is a list" => TokenForge.Claims(("org", new[] { "nsoc.be", "nsoc.de" })),
            "wrong audience" => TokenForge.Claims(("org", "nsoc.be"), ("aud", "another")),
            "no audience" => TokenForge.Claims(("org", "nsoc.be"), ("aud", null)),
            "wrong issuer" => TokenForge.Claims(("org", "nsoc.be"), ("iss", "another")),
            "expired" => TokenForge.Claims(("org", "nsoc.be"), ("exp", start - 1)),
            "expires now" => TokenForge.Claims(("org", "nsoc.be"), ("exp", start)),
            "no expiry" => TokenForge.Claims(("org", "nsoc.be"), ("exp", null)),
            "not yet" => TokenForge.Claims(("org", "nsoc.be"), ("nbf", start + 60)),
            _ => TokenForge.Claims(("home", "BE")),
        };
        Verify(TokenForge.Es256(_issuer, "issuer", claims)).ShouldBe(new TokenVerdict(null, reason));
    }

    [Fact]
    public void Verify_HomesKey_NamesNoOrganisationAndNoOtherHome()
    {
        Verify(TokenForge.Es256(_homeBe, "home-BE", TokenForge.Claims(("org", "nsoc.be"))))
            .Refusal.ShouldBe(TokenRefusal.Claims);
        Verify(TokenForge.Es256(_homeBe, "home-BE", TokenForge.Claims(("home", "DE"))))
            .Refusal.ShouldBe(TokenRefusal.Claims);
        Verify(TokenForge.Es256(_homeBe, "home-BE", TokenForge.Claims(("home", "hub"))))
            .Refusal.ShouldBe(TokenRefusal.Claims);
    }

    [Fact]
    public void Verify_GatewaysKey_NamesGatewaysAndNobodyElse()
    {
        Verify(TokenForge.Es256(_gateway, "gateway", TokenForge.Claims(("gateway", "gateway")))).Caller!.IsGateway.ShouldBeTrue();
        foreach (var claims in (Dictionary<string, object?>[])
        [
            TokenForge.Claims(("org", "nsoc.be")), TokenForge.Claims(("home", "BE")), TokenForge.Claims(),
            TokenForge.Claims(("gateway", "gateway"), ("org", "nsoc.be")), TokenForge.Claims(("gateway", "gateway"), ("home", "BE")),
        ])
            Verify(TokenForge.Es256(_gateway, "gateway", claims)).Refusal.ShouldBe(TokenRefusal.Claims);
        Verify(TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("gateway", "gateway")))).Refusal.ShouldBe(TokenRefusal.Claims);
        Verify(TokenForge.Es256(_homeBe, "home-BE", TokenForge.Claims(("gateway", "gateway")))).Refusal.ShouldBe(TokenRefusal.Claims);
    }

    [Fact]
    public void Verify_ForgedSignatures_AreRefused()
    {
        var claims = TokenForge.Claims(("org", "nsoc.be"));
        var good = TokenForge.Es256(_issuer, "issuer", claims).Text;
        CallerToken[] forged =
        [
            TokenForge.Es256(_stranger, "issuer", claims), TokenForge.Es256(_issuer, "unknown", claims),
            TokenForge.Es256(_issuer, keyId: null, claims), TokenForge.Es256(_issuer, "home-BE", claims),
            TokenForge.Unsigned("none", claims), TokenForge.Unsigned("ES256", claims),
            TokenForge.Hs256(_issuer.ExportSubjectPublicKeyInfo(), "issuer", claims),
            TokenForge.Hs256(Encoding.ASCII.GetBytes(_issuer.ExportSubjectPublicKeyInfoPem()), "issuer", claims),
            TokenForge.WithHeader(_issuer, """{"alg":"ES384","kid":"issuer"}""", claims),
            new(good[..^4] + "AAAA"), new(good[..good.LastIndexOf('.')] + ".AAAA"),
        ];
        foreach (var token in forged) Verify(token).Refusal.ShouldBe(TokenRefusal.Signature);
    }

    [Theory]
    [InlineData("", TokenRefusal.Missing)]
    [InlineData("a", TokenRefusal.Malformed)]
    [InlineData("..", TokenRefusal.Malformed)]
    [InlineData("a.b.c", TokenRefusal.Malformed)]
    [InlineData("a.b.c.d.e", TokenRefusal.Malformed)]
    [InlineData("e30.e30.", TokenRefusal.Signature)]
    public void Verify_NoToken_NeverThrows(string text, TokenRefusal reason) =>
        Verify(new(text)).Refusal.ShouldBe(reason);

    [Fact]
    public void Verify_TooLongText_IsNotLookedAt() =>
        Verify(new("a.b." + new string('c', TokenVerifier.TokenCharsMax))).Refusal.ShouldBe(TokenRefusal.TooLong);

    [Fact]
    public void Verify_CriticalHeader_IsRefused() => Verify(TokenForge.Es256(
        _issuer, "issuer", TokenForge.Claims(("org", "nsoc.be")), ""","crit":["x"],"x":1"""))
        .Refusal.ShouldBe(TokenRefusal.Malformed);

    [Fact]
    public void Verify_RememberedToken_DiesAtItsEnd()
    {
        var token = TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", "nsoc.be")));
        _verifier.Verify(token).Caller.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        _verifier.Verify(token).Caller.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _verifier.Verify(token).Refusal.ShouldBe(TokenRefusal.Lifetime);
        _verifier.Verify(token).Refusal.ShouldBe(TokenRefusal.Lifetime);
    }

    // Twice: what was refused must not be remembered as good, nor what is good be taken for another.
    private TokenVerdict Verify(CallerToken token)
    {
        var first = _verifier.Verify(token);
        _verifier.Verify(token).ShouldBe(first);
        return first;
    }
}
