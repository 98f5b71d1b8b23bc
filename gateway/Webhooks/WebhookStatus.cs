namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>How a webhook fares, for its operator. Holds no secret, no path of a URL and nothing of what was told.</summary>
public sealed record WebhookStatus
{
    /// <summary>The webhook.</summary>
    public required string Name { get; init; }

    /// <summary>The target's host.</summary>
    public required string Host { get; init; }

    /// <summary><c>starting</c>, <c>watching</c>, <c>retrying</c> (the target failed), <c>waiting</c> (the grid, the token or a file failed), or
    /// <c>disabled</c> (the target answered 410; until the node starts again).</summary>
    public string State { get; init; } = "starting";

    /// <summary>What failed last, in a word or as <c>HTTP 503</c>; null when nothing did since the last success.</summary>
    public string? Problem { get; init; }

    /// <summary>Failed attempts at the present delivery.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>When it goes on, UTC; null when it does.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the target last took a delivery, UTC; null when it has not since the node started.</summary>
    public DateTimeOffset? LastDeliveryAt { get; init; }

    /// <summary>Deliveries that the target took since the node started.</summary>
    public long Deliveries { get; init; }

    /// <summary>Changes in them.</summary>
    public long Changes { get; init; }

    /// <summary>Deliveries that were given up since the node started.</summary>
    public long DeadLetters { get; init; }
}
