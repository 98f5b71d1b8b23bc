using System.Diagnostics;
using CrossBorderSoc.V1;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>Real processes of several states: each carries what it is told to, and what one loses is the others' no more than it must be.</summary>
public sealed class ManyNodesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private ManyNodes _grid = null!;

    public async ValueTask InitializeAsync() => _grid = await ManyNodes.Start();

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task State_ThatIsKilled_IsNamedAndLosesNothing_AndTheOthersGoOn()
    {
        (await _grid.Push(ManyNodes.Gateway, "nsoc.be", Tlp.Green, "shared.example")).Accepted.ShouldBe(1u);
        (await _grid.Push(ManyNodes.De, "nsoc.be", Tlp.Red, "secret.example", Secret)).Accepted.ShouldBe(1u, "any node takes any owner's");
        (await _grid.Push(ManyNodes.Gateway, "nsoc.de", Tlp.Red, "german.example")).Accepted.ShouldBe(1u);
        await _grid[ManyNodes.Be].ReleasesCaughtUp();
        await SeeAsTheyMay();
        OnlyWhatItNeeds();

        await _grid[ManyNodes.Be].Kill();
        var killed = Stopwatch.GetTimestamp();
        await Eventually.Holds(
            async () => await ManyNodes.StatusOf(_grid.See(ManyNodes.Gateway, "nsoc.de", "shared.example")) == StatusCode.OK
                && (await Seen("nsoc.de", "shared.example")).UnavailableJurisdictions.Contains("BE"),
            "Belgium is known to be out", Patience);
        output.WriteLine($"known to be out after {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s");
        (await Seen("nsoc.de", "shared.example")).Indicator.ByKind.Single().Count.ShouldBe(1u, "the hub has what was released");
        (await ManyNodes.StatusOf(Seen("nsoc.be", "shared.example"))).ShouldBe(StatusCode.Unavailable, "its own evidence is out of reach");
        (await ManyNodes.StatusOf(_grid.Push(ManyNodes.Gateway, "nsoc.be", Tlp.Green, "later.example"))).ShouldBe(StatusCode.Unavailable);
        (await _grid.Push(ManyNodes.Gateway, "nsoc.de", Tlp.Green, "later.example")).Accepted.ShouldBe(1u);
        (await Seen("nsoc.de", "german.example")).UnavailableJurisdictions.ShouldNotContain("DE");

        var restarted = Stopwatch.GetTimestamp();
        await _grid.Restart(ManyNodes.Be);
        await Eventually.Holds(
            async () => await ManyNodes.StatusOf(Seen("nsoc.be", "secret.example")) == StatusCode.OK
                && !(await Seen("nsoc.be", "secret.example")).UnavailableJurisdictions.Contains("BE"),
            "Belgium is back", Patience);
        output.WriteLine($"back after {Stopwatch.GetElapsedTime(restarted).TotalSeconds:0.0} s");
        await SeeAsTheyMay();
        (await _grid.Push(ManyNodes.Gateway, "nsoc.be", Tlp.Red, "secret.example", Secret)).Duplicates.ShouldBe(1u);
    }

    [Fact]
    public async Task Home_InAnEmbeddedDatabase_IsCarriedOnce()
    {
        await _grid.Give("BE", "second");
        var another = await Should.ThrowAsync<InvalidOperationException>(
            () => NodeProcess.StartAt(_grid.Folder("second"), _grid.Like(ManyNodes.Be)));
        another.Message.ShouldContain("The node does not start: Node:Homes: BE is carried by the silo BE/be-0 at ");
        another.Message.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps no operator");

        var same = await Should.ThrowAsync<InvalidOperationException>(
            () => NodeProcess.StartAt(_grid.Folder(ManyNodes.Be), _grid.Like(ManyNodes.Be)));
        same.Message.ShouldContain("in use");
    }

    private const string Secret = "11111111-2222-4333-8444-555555555555";

    private Task<GetIndicatorResponse> Seen(string organisation, string domain) => _grid.See(ManyNodes.Gateway, organisation, domain);

    private async Task SeeAsTheyMay()
    {
        foreach (var node in (string[])[ManyNodes.Gateway, ManyNodes.Hub, ManyNodes.De])
        {
            var own = await _grid.See(node, "nsoc.be", "shared.example");
            own.Indicator.ByKind.Single().LastSeen.Seconds.ShouldSatisfyAllConditions(last => (last % 3600).ShouldBe(61, "its own, to the second"));
            var other = await _grid.See(node, "nsoc.de", "shared.example");
            other.Indicator.ByKind.Single().LastSeen.Seconds.ShouldSatisfyAllConditions(last => (last % 3600).ShouldBe(0, "cut to the hour"));
            (await _grid.See(node, "nsoc.be", "secret.example")).Indicator.ByKind.Single().Count.ShouldBe(1u);
            (await ManyNodes.StatusOf(_grid.See(node, "nsoc.de", "secret.example"))).ShouldBe(StatusCode.NotFound);
            (await _grid.See(node, "nsoc.de", "german.example")).UnavailableJurisdictions.ShouldNotContain("BE");
        }
    }

    // A gateway holds no store and no secret of a home, and no home holds another's.
    private void OnlyWhatItNeeds()
    {
        FilesOf(ManyNodes.Gateway).ShouldBe(["dev/jwks.json", "dev/keys/gateway.pem"]);
        FilesOf(ManyNodes.Be).Where(IsIdentity).ShouldBe(["dev/jwks.json", "dev/keys/home-BE.pem", "dev/secrets/BE.hmac"]);
        FilesOf(ManyNodes.Hub).Where(IsIdentity).Where(file => !file.StartsWith("dev/tokens/", StringComparison.Ordinal)).ShouldBe(
        [
            "dev/jwks.json", "dev/keys/home-EU.pem", "dev/keys/home-hub.pem", "dev/keys/issuer.pem", "dev/secrets/EU.hmac", "dev/secrets/hub.hmac",
        ]);

        static bool IsIdentity(string file) => file.StartsWith("dev/", StringComparison.Ordinal);
    }

    private IEnumerable<string> FilesOf(string node) => Directory.GetFiles(_grid.Folder(node), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_grid.Folder(node), file)).Order(StringComparer.Ordinal);
}
