using System.Net;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>What probes are told: by the node's own binary, at the operator's port.</summary>
public sealed class HealthCommandTests
{
    [Fact]
    public async Task Health_OfANodeThatServes_IsAllThree()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--consortium", Repository.RealStream);
        foreach (var what in (string[])["live", "startup", "ready"]) (await Ask(node.At, what)).ShouldBe(0, what);
        (await Ask(node.At, "well")).ShouldNotBe(0, "there is no such question");
        (await node.Stop()).ShouldBe(0);
        foreach (var what in (string[])["live", "startup", "ready"]) (await Ask(node.At, what)).ShouldBe(1, what);
    }

    [Fact]
    public async Task Health_OfANodeWithoutAPolicy_IsNotReadyAndSaysWhy()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path);
        (await Ask(node.At, "startup")).ShouldBe(0);
        (await Ask(node.At, "ready")).ShouldBe(1);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(node.At.Operator + "/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("Unhealthy\npolicy: No valid lease");
    }

    [Fact]
    public async Task Health_ByAFileOfSettings_AsksWhereItSays()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--consortium", Repository.RealStream);
        var settings = Path.Combine(folder.Path, "settings.json");
        await File.WriteAllTextAsync(settings, $$"""{ "Operator": { "Http": "{{node.At.Operator}}" } }""");
        (await Shell.Run($"dotnet '{Repository.Silo}' health live --settings '{settings}'", folder.Path)).ShouldBe(0);
        (await Shell.Run($"dotnet '{Repository.Silo}' health live --settings '{folder.Path}/none.json'", folder.Path)).ShouldBe(1);
    }

    private static Task<int> Ask(NodeAddresses at, string what) =>
        Shell.Run($"Operator__Http={at.Operator} dotnet '{Repository.Silo}' health {what}", Repository.Root);
}
