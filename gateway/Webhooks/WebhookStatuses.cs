using System.Collections.Concurrent;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>How each webhook of this node fares: for the operator, never for a partner.</summary>
public sealed class WebhookStatuses
{
    private readonly ConcurrentDictionary<string, WebhookStatus> _all = new(StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<WebhookStatus> All => [.. _all.Values.OrderBy(status => status.Name, StringComparer.Ordinal)];

    /// <summary>Changes that of a webhook.</summary>
    internal void Change(WebhookPlan plan, Func<WebhookStatus, WebhookStatus> change) => _all.AddOrUpdate(
        plan.Name, name => change(new() { Name = name, Host = plan.Url.IdnHost }), (_, status) => change(status));
}
