using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>Runs the webhooks of this gateway, each by itself.</summary>
internal sealed class WebhookService(WebhookPlans plans, IServiceProvider services) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (plans.All.Count == 0) return;
        var parts = ActivatorUtilities.CreateInstance<WebhookRunParts>(services);
        await Task.WhenAll(plans.All.Select(async plan =>
        {
            using var run = new WebhookRun(plan, parts);
            await run.Run(stoppingToken);
        }));
    }
}
