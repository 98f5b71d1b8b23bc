using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Tests.Unit.Gateway;
using CrossBorderSoc.Tests.Unit.Store;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>What a gateway does not start with; every error names its key.</summary>
public sealed class WebhookOptionsTests : IAsyncDisposable
{
    private const string Canary = "canary";
    private readonly TempDirectory _folder = new();

    [Fact]
    public void Hook_ThatIsGood_IsRead()
    {
        var (plan, errors) = Read(hook =>
        {
            hook.Types.Add("domain-name");
            hook.Sectors.Add("Energy");
            hook.Observables.Add("domain-name bad[.]example");
            (hook.Incidents, hook.MinScore) = (true, 40);
        });
        errors.ShouldBeEmpty();
        plan!.Request.Observables.Single().ShouldBe(new() { Type = "domain-name", Value = "bad[.]example" });
        plan.Request.Filter.ShouldBe(new() { Types_ = { "domain-name" }, Sectors = { "Energy" } });
        plan.Addresses.ShouldBe(new(AllowPrivate: false, AllowLoopback: false));
        plan.ToString().ShouldBe("siem");
    }

    [Theory]
    [InlineData("http://hooks.example/x")]
    [InlineData("ftp://hooks.example/x")]
    [InlineData("hooks.example")]
    [InlineData("https://user:pass@hooks.example/x")]
    [InlineData("https://hooks.example/x#part")]
    [InlineData("https://other.example/x")]
    [InlineData("https://hooks.example./x")]
    [InlineData("https://sub.hooks.example/x")]
    [InlineData("http://127.0.0.1:1/x", false)]
    [InlineData("http://10.0.0.1/x")]
    public void Url_ThatIsNotAllowed_IsRefused(string url, bool isDevelopment = true)
    {
        var (plan, errors) = Read(hook => hook.Url = url, isDevelopment);
        plan.ShouldBeNull();
        errors.ShouldHaveSingleItem().ShouldStartWith("Gateway:Webhooks:Hooks:0:Url: ");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("http://[::1]:1/x")]
    [InlineData("https://HOOKS.example/x")]
    public void Url_OfAHostOfTheList_IsAllowed_LoopbackInDevelopment(string url)
    {
        var (plan, errors) = Read(hook => hook.Url = url);
        errors.ShouldBeEmpty();
        plan!.Addresses.AllowLoopback.ShouldBe(url.StartsWith("http:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../up")]
    [InlineData("Upper")]
    [InlineData("a.b")]
    public void Name_ThatIsNoFile_IsRefused(string name) =>
        Read(hook => hook.Name = name).Errors.ShouldHaveSingleItem().ShouldStartWith("Gateway:Webhooks:Hooks:0:Name: ");

    [Theory]
    [InlineData("")]
    [InlineData(Canary)]
    [InlineData("whsec_" + Canary)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Secret_ThatIsNoneOrTooShort_IsRefusedAndNotRepeated(string secret)
    {
        var path = Path.Combine(_folder.Path, "bad");
        File.WriteAllText(path, secret);
        var error = Read(hook => hook.Secret = path).Errors.ShouldHaveSingleItem();
        error.ShouldStartWith("Gateway:Webhooks:Hooks:0:Secret: ");
        error.ShouldNotContain(Canary);
        error.ShouldNotContain("MfKQ9r8GKYq");
    }

    [Fact]
    public void Filter_ThatIsNone_IsRefusedWithItsField()
    {
        Read(hook => hook.Types.Add("nothing")).Errors.ShouldHaveSingleItem().ShouldStartWith("Gateway:Webhooks:Hooks:0: filter.types[0]: ");
        Read(hook => hook.Sectors.Add(" ")).Errors.ShouldHaveSingleItem().ShouldStartWith("Gateway:Webhooks:Hooks:0: filter.sectors[0]: ");
        Read(hook => hook.Observables.Add("nothing")).Errors.ShouldHaveSingleItem().ShouldStartWith("Gateway:Webhooks:Hooks:0: ");
        Read(hook => hook.Token = "absent").Errors.ShouldHaveSingleItem().ShouldStartWith("Gateway:Webhooks:Hooks:0:Token: ");
    }

    [Fact]
    public async Task Gateway_WithABadWebhook_DoesNotStart()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => RunningGateway.Start(
            ("Gateway:Webhooks:Attempts", "0"), ("Gateway:Webhooks:Targets:0:Host", "a b"),
            ("Gateway:Webhooks:Hooks:0:Name", "x"), ("Gateway:Webhooks:Hooks:1:Name", "x")));
        refused.Message.ShouldContain("Attempts");
        refused.Message.ShouldContain("Gateway:Webhooks:Targets:0:Host: ");
        refused.Message.ShouldContain("Gateway:Webhooks:Hooks:1:Url: ");
        refused.Message.ShouldContain("the name 'x' is there twice");
        refused.Message.ShouldContain("keeps no files");
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private (WebhookPlan? Plan, List<string> Errors) Read(Action<WebhookOptions> change, bool isDevelopment = true)
    {
        var (token, secret) = (Path.Combine(_folder.Path, "token"), Path.Combine(_folder.Path, "secret"));
        File.WriteAllText(token, "token");
        File.WriteAllText(secret, "whsec_" + Convert.ToBase64String(RunningWebhook.Secret));
        var hook = new WebhookOptions { Name = "siem", Url = "https://hooks.example/x", Token = token, Secret = secret };
        change(hook);
        var options = new WebhooksOptions
        {
            Targets = { new() { Host = "hooks.example" }, new() { Host = "127.0.0.1" }, new() { Host = "::1" }, new() { Host = "10.0.0.2" } },
            Hooks = { hook },
        };
        var errors = new List<string>();
        return (WebhookPlanReader.Read(options, 0, isDevelopment, errors), errors);
    }
}
