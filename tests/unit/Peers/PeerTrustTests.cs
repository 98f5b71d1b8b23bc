using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Silo.Peers;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Peers;

/// <summary>The one judge of peers' certificates.</summary>
public sealed class PeerTrustTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(PeerUse.Server)]
    [InlineData(PeerUse.Client)]
    internal void Judge_EachCertificate_HasItsOwnVerdict(PeerUse use)
    {
        using var other = new TestAuthority();
        var (own, foreign) = use == PeerUse.Server ? (Issued.Server, Issued.Client) : (Issued.Client, Issued.Server);
        Judge(_authority.Issue(new()), use).ShouldBe(PeerVerdict.Accepted);
        Judge(_authority.Issue(new() { Uses = [own] }), use).ShouldBe(PeerVerdict.Accepted);
        Judge(null, use).ShouldBe(PeerVerdict.NoCertificate);
        Judge(other.Issue(new()), use).ShouldBe(PeerVerdict.UnknownAuthority, "an authority of the same name is another one");
        Judge(other.Certificate, use).ShouldBe(PeerVerdict.UnknownAuthority, "signed by itself");
        Judge(_authority.Certificate, use).ShouldBe(PeerVerdict.UnknownAuthority, "an authority is no peer");
        Judge(_authority.Issue(new() { To = -0.5 }), use).ShouldBe(PeerVerdict.Expired);
        Judge(_authority.Issue(new() { From = 0.5 }), use).ShouldBe(PeerVerdict.NotYetValid);
        Judge(_authority.Issue(new() { Uses = [foreign] }), use).ShouldBe(PeerVerdict.WrongUse);
        Judge(_authority.Issue(new() { Uses = [] }), use).ShouldBe(PeerVerdict.WrongUse, "for nothing is not for everything");
        Judge(_authority.Issue(new() { Uris = [PeerIdentity.NodeUri("be-0"), PeerIdentity.HomeUri("DE")] }), use).ShouldBe(PeerVerdict.WrongClaim);
        var revoked = _authority.Issue(new());
        var kept = _authority.Issue(new());
        _authority.Revoke(revoked);
        Judge(revoked, use).ShouldBe(PeerVerdict.Revoked);
        Judge(kept, use).ShouldBe(PeerVerdict.Accepted);
    }

    [Fact]
    public void Judge_ByTheClockThatItIsGiven()
    {
        var certificate = _authority.Issue(new() { To = 2000 });
        var trust = new PeerTrust([_authority.Certificate], [_authority.List(1000)]);
        Judge(certificate, trust, 999).ShouldBe(PeerVerdict.Accepted);
        Judge(certificate, trust, 1001).ShouldBe(PeerVerdict.RevocationUnknown, "a list that is out of date tells nothing");
        Judge(certificate, trust, -2).ShouldBe(PeerVerdict.NotYetValid);
        Judge(certificate, trust, 2001).ShouldBe(PeerVerdict.Expired);
    }

    [Fact]
    public void Judge_WithoutTheListOfItsAuthority_Refuses()
    {
        using var other = new TestAuthority("other");
        var trust = new PeerTrust([_authority.Certificate, other.Certificate], [other.List()]);
        Judge(_authority.Issue(new()), trust).ShouldBe(PeerVerdict.RevocationUnknown);
        Judge(other.Issue(new()), trust).ShouldBe(PeerVerdict.Accepted, "two authorities stand beside each other while one takes over");
    }

    [Fact]
    public void List_ThatNoAuthoritySigned_IsNone()
    {
        using var other = new TestAuthority();
        Should.Throw<InvalidDataException>(() => RevocationList.Read(other.Signed(), [_authority.Certificate])).Message
            .ShouldBe("none of the authorities signed it");
        var spoilt = _authority.Signed();
        spoilt[^1] ^= 1;
        Should.Throw<InvalidDataException>(() => RevocationList.Read(spoilt, [_authority.Certificate]));
        Should.Throw<InvalidDataException>(() => RevocationList.Read(new byte[] { 1, 2, 3 }, [_authority.Certificate])).Message
            .ShouldBe("it is no revocation list");
    }

    [Theory]
    [InlineData("BE/be-0", true)]
    [InlineData("BE,EU/be-0", true)]
    [InlineData("/be-0", true)]
    [InlineData("BE,DE/be-0", false)]
    [InlineData("DE/be-0", false)]
    [InlineData("BE/be-1", false)]
    [InlineData("be-0", false)]
    [InlineData("BE,/be-0", false)]
    [InlineData("BE/be-0/be-0", false)]
    public void Names_AreCoveredWhole(string siloName, bool isCovered)
    {
        var identity = PeerIdentity.Of(_authority.Issue(new()
        {
            Uris = [PeerIdentity.NodeUri("be-0"), PeerIdentity.HomeUri("BE"), PeerIdentity.HomeUri("EU"), "https://example.org/"],
        }));
        identity.Covers(siloName).ShouldBe(isCovered);
    }

    [Fact]
    public void Identity_OfTwoNodesOrOfNone_IsNoNode()
    {
        string[] two = [PeerIdentity.NodeUri("be-0"), PeerIdentity.NodeUri("be-1")];
        PeerIdentity.Of(_authority.Issue(new() { Uris = two })).Covers("/be-0").ShouldBeFalse();
        PeerIdentity.Of(_authority.Issue(new() { Uris = [PeerIdentity.HomeUri("BE")] })).Covers("/").ShouldBeFalse();
        PeerIdentity.Of(_authority.Certificate).Homes.ShouldBeEmpty();
    }

    private PeerVerdict Judge(X509Certificate2? certificate, PeerUse use) =>
        _authority.Trust.Judge(certificate, use, TestAuthority.Now, identity => identity.Covers("BE/be-0"));

    private static PeerVerdict Judge(X509Certificate2 certificate, PeerTrust trust, double hours = 0) =>
        trust.Judge(certificate, PeerUse.Client, TestAuthority.Now.AddHours(hours), identity => identity.Covers("BE/be-0"));
}
