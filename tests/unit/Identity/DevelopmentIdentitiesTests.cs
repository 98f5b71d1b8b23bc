using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Silo.Identity;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Identity;

public sealed class DevelopmentIdentitiesTests : IDisposable
{
    private static readonly Home Be = new("BE");
    private readonly string _data = Directory.CreateTempSubdirectory("cbs-identity-").FullName;
    private readonly FakeTimeProvider _time = new(TokenForge.Start);

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private DevelopmentIdentities Open(string? data = null) => new(data ?? _data, [Be, Home.Hub], _time);

    [Fact]
    public void WriteTokens_Restarted_KeepsKeysAndOldTokensStayGood()
    {
        string before;
        using (var first = Open())
        {
            first.WriteTokens(["nsoc.be"]);
            before = File.ReadAllText(Path.Combine(_data, "dev/tokens/nsoc.be.jwt"));
        }
        using var second = Open();
        second.CreateVerifier().Verify(new(before)).Caller!.Organisation.ShouldBe("nsoc.be");
        second.CreateVerifier().Verify(new(before)).Caller!.ExpiresAt.ShouldBe(TokenForge.Start.AddDays(365));
    }

    [Fact]
    public void Tokens_OfAnotherDataDirectory_AreWorthNothing()
    {
        var other = Directory.CreateTempSubdirectory("cbs-identity-").FullName;
        using (var here = Open())
        using (var there = Open(other))
            here.CreateVerifier().Verify(there.ForOrganisation("nsoc.be")).Refusal.ShouldBe(TokenRefusal.Signature);
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public void Tokens_OfPersonsAndHomes_NameThem()
    {
        using var identities = Open();
        var verifier = identities.CreateVerifier();
        verifier.Verify(identities.ForPerson("ann@nsoc.be")).Caller!.Person.ShouldBe("ann@nsoc.be");
        verifier.Verify(identities.ForHome(Be)).Caller!.Home.ShouldBe(Be);
        verifier.Verify(identities.ForHome(Home.Hub)).Caller!.Home.ShouldBe(Home.Hub);
        verifier.Verify(identities.ForGateway()).Caller!.ShouldBe(
            new(null, null, null, TokenForge.Start + DevelopmentIdentities.HomeTokenLifetime) { IsGateway = true });
    }

    [Fact]
    public void HomesToken_IsRenewedBeforeItEnds()
    {
        using var identities = Open();
        var first = identities.ForHome(Be);
        identities.ForHome(Be).ShouldBe(first);
        _time.Advance(DevelopmentIdentities.HomeTokenLifetime / 2);
        identities.ForHome(Be).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("Upper")]
    [InlineData("")]
    public void WriteTokens_NameThatIsNoIdentifier_NeverBecomesAPath(string name)
    {
        using var identities = Open();
        Should.Throw<ArgumentException>(() => identities.WriteTokens([name]));
        Directory.GetFiles(Path.Combine(_data, "dev/tokens")).ShouldBeEmpty();
    }

    [Fact]
    public void Files_AreTheUsersOwn()
    {
        using var identities = Open();
        identities.WriteTokens(["nsoc.be"]);
        foreach (var file in Directory.GetFiles(_data, "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        foreach (var directory in Directory.GetDirectories(_data, "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(directory)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, directory);
        Directory.GetFiles(_data, "*", SearchOption.AllDirectories).Select(f =>
            Path.GetRelativePath(_data, f)).Order(StringComparer.Ordinal)
            .ShouldBe(["dev/jwks.json", "dev/keys/gateway.pem", "dev/keys/home-BE.pem", "dev/keys/home-hub.pem", "dev/keys/issuer.pem",
                "dev/secrets/BE.hmac", "dev/secrets/hub.hmac", "dev/tokens/nsoc.be.jwt"]);
    }

    [Fact]
    public void Secrets_AreKeptAndDiffer()
    {
        byte[] before;
        using (var first = Open()) before = first.SecretOf(Be).ToArray();
        using var second = Open();
        second.SecretOf(Be).ToArray().ShouldBe(before);
        second.SecretOf(Home.Hub).ToArray().ShouldNotBe(before);
    }

    [Fact]
    public void DamagedKey_IsNamedAndNotQuoted()
    {
        using (Open()) { }
        File.WriteAllText(Path.Combine(_data, "dev/keys/home-BE.pem"), "canary");
        var error = Should.Throw<InvalidDataException>(() => Open());
        error.ToString().ShouldContain("home-BE.pem");
        error.ToString().ShouldNotContain("canary");
    }
}
