using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Gateway.Watching;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>What all webhooks of a gateway share.</summary>
internal sealed record WebhookRunParts(
    IGrid Grid, WatchTicks Ticks, WatchClasses Classes, IJurisdictionStatus Status, IPolicyReplica Policy, WarninglistsInForce Warninglists,
    CallerGate Gate, IWebhookFiles Files, WebhookStatuses Statuses, TimeProvider Time, ILogger<WebhookRun> Log)
{
    private const int Grains = 1 << 20;

    /// <summary>0 to 1, drawn anew each time: for the waits after failures.</summary>
    public Func<double> Chance { get; init; } =
        static () => System.Security.Cryptography.RandomNumberGenerator.GetInt32(Grains) / (double)Grains;
}
