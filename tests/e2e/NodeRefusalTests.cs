using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>What a node does not start with, and what it says of it.</summary>
public sealed class NodeRefusalTests
{
    [Fact]
    public async Task Node_ListeningBeyondLoopbackWithoutTls_DoesNotStart()
    {
        using var folder = new TempFolder();
        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => NodeProcess.StartAt(folder.Path, NodeAddresses.Free() with { Grpc = "http://0.0.0.0:0" }));
        failure.Message.ShouldContain("Gateway:Grpc");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.0.2.1:5082")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://operator.example:5082")]
    public async Task Node_WithAnOperatorPortBeyondLoopback_DoesNotStart(string address)
    {
        using var folder = new TempFolder();
        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => NodeProcess.StartAt(folder.Path, NodeAddresses.Free() with { Operator = address }));
        failure.Message.ShouldContain("The node does not start: Operator:Http");
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Node_OutsideDevelopment_DoesNotStartAndMakesNoIdentities(string environment)
    {
        using var folder = new TempFolder();
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => NodeProcess.StartAt(
            folder.Path, NodeAddresses.Free() with { Environment = environment }, ["--consortium", Repository.RealStream]));
        failure.Message.ShouldContain("only development identities exist yet");
        failure.Message.ShouldContain("ASPNETCORE_ENVIRONMENT=Development");
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Node_WithAnInvalidConsortium_NamesTheEntry()
    {
        using var folder = new TempFolder();
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => Start(folder,
            """[{"id":"a.be","jurisdiction":"BX","name":"A","kind":"csirt","communities":[],"clients":["nobody"]}]"""));
        failure.Message.ShouldContain("a.be");
        failure.Message.ShouldContain("jurisdiction");
    }

    [Fact]
    public async Task Node_WithAnOrganisationWhoseNameIsNoFile_RefusesItAndStartsAfterwards()
    {
        using var folder = new TempFolder();
        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => Start(folder, """[{"id":".x","jurisdiction":"BE","kind":"csirt"}]"""));
        failure.Message.ShouldContain("organisations.json: entry 0 ('.x'): 'id'");
        await using var node = await NodeProcess.Start(folder.Path);
    }

    [Fact]
    public async Task Node_WithAnOrganisationThatMoved_DoesNotStartAndKeepsThePolicy()
    {
        using var folder = new TempFolder();
        await using (await Start(folder, """[{"id":"a.be","jurisdiction":"BE","kind":"csirt"}]""")) { }
        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => Start(folder, """[{"id":"a.be","jurisdiction":"DE","kind":"csirt"}]"""));
        failure.Message.ShouldContain("organisations.json: entry 0 ('a.be'): 'jurisdiction': is BE");
        await using var node = await NodeProcess.Start(folder.Path);
        node.Output.ShouldContain("policy version 1");
    }

    private static async Task<NodeProcess> Start(TempFolder folder, string organisations)
    {
        var consortium = Directory.CreateDirectory(Path.Combine(folder.Path, "consortium")).FullName;
        await File.WriteAllTextAsync(Path.Combine(consortium, "organisations.json"), organisations);
        await File.WriteAllTextAsync(Path.Combine(consortium, "agreements.json"), "[]");
        return await NodeProcess.Start(folder.Path, "--consortium", consortium);
    }

    [Fact]
    public Task Node_WithoutItsCertificate_SaysSo()
    {
        var at = NodeAddresses.Free() with { Grpc = "https://127.0.0.1:0", Certificate = "absent.pem" };
        return DoesNotStart(at, _ => "absent.pem");
    }

    [Theory]
    [InlineData("dev/secrets/BE.hmac")]
    [InlineData("dev/keys/issuer.pem")]
    public Task Node_WithAnIdentityFileThatIsNone_NamesIt(string file) => DoesNotStart(NodeAddresses.Free(), data =>
    {
        var path = Path.Combine(data, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "nonsense");
        return path;
    });

    [Fact]
    public async Task Node_WhoseStoreHasNoPlace_SaysSoAndNotThatItIsInUse()
    {
        var output = await DoesNotStart(NodeAddresses.Free(), data =>
        {
            File.WriteAllText(Path.Combine(data, "store"), "");
            return "cannot be written";
        });
        output.ShouldNotContain("in use");
    }

    [Fact]
    public async Task Node_WithABrokenWarninglist_NamesFileAndPlaceAndNothingElse()
    {
        using var lists = new TempFolder();
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(lists.Path, "lists", "broken")).FullName, "list.json");
        File.WriteAllText(file, "{");
        await DoesNotStart(NodeAddresses.Free(), _ => $"{file}: line 1", "--warninglists", lists.Path);
    }

    [Theory]
    [InlineData("BE", "--consortium", "--consortium: this node does not carry the hub (Node:Homes)")]
    [InlineData("none", "--consortium", "--consortium: this node does not carry the hub (Node:Homes)")]
    [InlineData("hub,XX", "--clock=2026-08-23T00:00:00Z", "Node:Homes[1]: 'XX' is no home")]
    [InlineData("BE", "--clock=2026-08-23T00:00:00Z", "keys/home-BE.pem is missing")]
    public async Task Node_OfSeveral_ThatCannotBe_NamesKeyOrOption(string homes, string option, string because)
    {
        var at = NodeAddresses.Free() with
        {
            Settings = new Dictionary<string, string>
            {
                ["Node__Homes"] = homes,
                ["Cluster__Membership"] = "development",
                ["Cluster__Primary"] = NodeAddresses.FreeEndpoint(),
            },
        };
        string[] arguments = option == "--consortium" ? [option, Repository.RealStream] : [option];
        await DoesNotStart(at, _ => because, arguments);
    }

    [Theory]
    [InlineData("""{ "Node": { "Home": "BE" } }""", "Node:Home: there is no such setting; those of Node are Name, Homes")]
    [InlineData("{", "settings.json: ")]
    [InlineData(null, "settings.json: ")]
    public async Task Node_WithASettingsFileThatIsNone_NamesIt(string? settings, string because)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "settings.json");
        if (settings is not null) await File.WriteAllTextAsync(file, settings);
        await DoesNotStart(NodeAddresses.Free(), _ => because, "--settings", file);
    }

    private static async Task<string> DoesNotStart(NodeAddresses at, Func<string, string> spoil, params string[] arguments)
    {
        using var folder = new TempFolder();
        var because = spoil(folder.Path);
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => NodeProcess.StartAt(folder.Path, at, arguments));
        failure.Message.ShouldContain("The node ended with 1");
        failure.Message.ShouldContain("The node does not start: ");
        failure.Message.ShouldContain(because);
        failure.Message.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps no operator");
        return failure.Message;
    }
}
