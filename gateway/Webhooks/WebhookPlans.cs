using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>The webhooks of the configuration, checked when the gateway starts.</summary>
internal sealed class WebhookPlans(IOptions<WebhooksOptions> options, IHostEnvironment environment)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<WebhookPlan> All { get; } = [.. options.Value.Hooks.Select(
        (hook, i) => WebhookPlanReader.Read(options.Value, i, environment.IsDevelopment(), []) ?? throw new InvalidOperationException(
            $"BUG: webhook {hook.Name} was not checked."))];
}

/// <summary>Checks the webhooks of the configuration; every error names its key.</summary>
internal sealed class WebhooksValidation(IHostEnvironment environment, IEnumerable<IWebhookFiles> files) : IValidateOptions<WebhooksOptions>
{
    private const int HooksMax = 64;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhooksOptions options)
    {
        var errors = new List<string>();
        if (options.Hooks.Count > HooksMax) errors.Add($"{WebhooksOptions.Section}:Hooks: at most {HooksMax} are allowed.");
        if (options.Hooks.Count > 0 && !files.Any()) errors.Add($"{WebhooksOptions.Section}:Hooks: this host keeps no files for them.");
        for (var i = 0; i < options.Targets.Count; i++)
            if (Uri.CheckHostName(options.Targets[i].Host) == UriHostNameType.Unknown)
                errors.Add($"{WebhooksOptions.Section}:Targets:{i}:Host: '{options.Targets[i].Host}' is no name of a host and no IP address.");
        for (var i = 0; i < options.Hooks.Count; i++) WebhookPlanReader.Read(options, i, environment.IsDevelopment(), errors);
        foreach (var same in options.Hooks.GroupBy(hook => hook.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            errors.Add($"{WebhooksOptions.Section}:Hooks: the name '{same.Key}' is there twice.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
