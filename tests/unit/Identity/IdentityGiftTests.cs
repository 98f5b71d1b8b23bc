using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Silo.Identity;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Identity;

/// <summary>What a node of several has of the grid's identities: everybody's public keys, and the secrets of its homes alone.</summary>
public sealed class IdentityGiftTests : IDisposable
{
    private static readonly Home Be = new("BE");
    private static readonly Home De = new("DE");
    private static readonly Home[] All = [Be, De, Home.Hub];
    private readonly string _folder = Directory.CreateTempSubdirectory("cbs-gift-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Grid => Path.Combine(_folder, "grid");

    private string Give(params Home[] homes)
    {
        var to = Path.Combine(_folder, string.Concat(homes) + "-node");
        IdentityGift.Give(Grid, to, homes, All);
        return to;
    }

    private static string[] FilesOf(string directory) =>
        [.. Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(directory, f))
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void Give_ToANode_GivesTheSecretsOfItsHomesAndNoOthers()
    {
        FilesOf(Give(Be)).ShouldBe(["jwks.json", "keys/home-BE.pem", "secrets/BE.hmac"]);
        FilesOf(Give(Home.Hub)).ShouldBe(["jwks.json", "keys/home-hub.pem", "keys/issuer.pem", "secrets/hub.hmac"]);
        FilesOf(Give()).ShouldBe(["jwks.json", "keys/gateway.pem"]);
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public void Nodes_OfOneGrid_KnowEachOther()
    {
        using var be = DevelopmentIdentities.Given(Give(Be), [Be], _time);
        using var hub = DevelopmentIdentities.Given(Give(Home.Hub), [Home.Hub], _time);
        using var gateway = DevelopmentIdentities.Given(Give(), [], _time);
        foreach (var verifier in (TokenVerifier[])[be.CreateVerifier(), hub.CreateVerifier(), gateway.CreateVerifier()])
        {
            verifier.Verify(be.ForHome(Be)).Caller!.Home.ShouldBe(Be);
            verifier.Verify(gateway.ForGateway()).Caller!.IsGateway.ShouldBeTrue();
            verifier.Verify(hub.ForOrganisation("nsoc.be")).Caller!.Organisation.ShouldBe("nsoc.be");
        }
        (hub.IsIssuer, be.IsIssuer, gateway.IsIssuer).ShouldBe((true, false, false));
        using var grid = DevelopmentIdentities.Make(Grid, All, _time);
        be.SecretOf(Be).ToArray().ShouldBe(grid.SecretOf(Be).ToArray());
        Should.Throw<KeyNotFoundException>(() => be.SecretOf(De));
    }

    [Theory]
    [InlineData("jwks.json")]
    [InlineData("keys/home-BE.pem")]
    [InlineData("secrets/BE.hmac")]
    public void Given_WithoutAFile_NamesItAndMakesNone(string file)
    {
        var node = Give(Be);
        File.Delete(Path.Combine(node, file));
        Should.Throw<InvalidDataException>(() => DevelopmentIdentities.Given(node, [Be], _time)).Message
            .ShouldBe(Path.Combine(node, file) + " is missing.");
        File.Exists(Path.Combine(node, file)).ShouldBeFalse();
    }

    [Fact]
    public void Given_AKeyThatTheOthersDoNotKnow_IsNamed()
    {
        var (node, german) = (Give(Be), Give(De));
        File.Copy(Path.Combine(german, "keys/home-DE.pem"), Path.Combine(node, "keys/home-BE.pem"), overwrite: true);
        Should.Throw<InvalidDataException>(() => DevelopmentIdentities.Given(node, [Be], _time)).Message
            .ShouldContain("keys/home-BE.pem is not the key whose public half");
    }
}
