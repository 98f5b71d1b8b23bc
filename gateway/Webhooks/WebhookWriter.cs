using System.Text.Json;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>The target did not take a delivery: its changes are asked for again after a while.</summary>
internal sealed class WebhookFailedException(TimeSpan wait) : Exception("A delivery failed.")
{
    /// <summary>After how long.</summary>
    public TimeSpan Wait => wait;
}

/// <summary>The target wants no more, ever.</summary>
internal sealed class WebhookUnwantedException() : Exception("The target wants no more.");

/// <summary>
/// Where a webhook's watch writes to: puts changes into deliveries, sends one after the other, and saves the cursor when all before it has been
/// taken by the target, or given up.
/// </summary>
/// <param name="plan">The webhook.</param>
/// <param name="post">Sends.</param>
/// <param name="files">Keeps the cursor.</param>
/// <param name="statuses">Told how it fares.</param>
/// <param name="policy">The grid's time, and how long an answer may be told.</param>
/// <param name="chance">0 to 1, for the wait after a failure.</param>
/// <param name="time">The clock.</param>
internal sealed class WebhookWriter(
    WebhookPlan plan, WebhookPost post, IWebhookFiles files, WebhookStatuses statuses, IPolicyReplica policy, Func<double> chance, TimeProvider time)
{
    // An answer may be told for a lease of ten seconds; an attempt takes a part of them.
    private const long GatherMilliseconds = 1_000;

    private readonly WebhookBatch _batch = new();
    private readonly RetrySchedule _retries = new(plan.Attempts, plan.Age, chance, time);
    private string _cursor = "";
    private DateTimeOffset _failedFirst;

    /// <summary>Begins a watch.</summary>
    /// <param name="cursor">Where it begins; empty: now.</param>
    /// <param name="mustListAgain">Whether the target has to list: what it was told before is of another picture.</param>
    public void Begin(string cursor, bool mustListAgain)
    {
        _cursor = cursor;
        _batch.Clear();
        if (mustListAgain) _batch.TryAdd(new() { ListAgain = new() }, policy.Now);
    }

    /// <summary>Takes a message of the watch.</summary>
    /// <exception cref="WebhookFailedException">A delivery failed.</exception>
    /// <exception cref="WebhookUnwantedException">The target answered 410.</exception>
    /// <exception cref="IOException">A file failed.</exception>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: what was gathered may be told no more, and is asked for again.</exception>
    public async Task Write(V1.WatchResponse message, CancellationToken cancellation)
    {
        var cursor = message.Cursor;
        if (message.ChangeCase != V1.WatchResponse.ChangeOneofCase.None)
        {
            message.Cursor = "";
            await Add(message, cancellation);
            if (cursor == _cursor) return;
        }
        await Send(cancellation);
        if (cursor == _cursor) return;
        files.SaveCursor(plan.Name, cursor);
        _cursor = cursor;
        _batch.Forget();
    }

    private async Task Add(V1.WatchResponse change, CancellationToken cancellation)
    {
        if (!_batch.IsEmpty && policy.Now - _batch.AskedAt >= GatherMilliseconds) await Send(cancellation);
        if (_batch.TryAdd(change, policy.Now)) return;
        await Send(cancellation);
        _batch.TryAdd(change, policy.Now);
    }

    private async Task Send(CancellationToken cancellation)
    {
        if (_batch.IsEmpty) return;
        // What was visible when it was asked for may have been narrowed since.
        if (!policy.Accepts(_batch.AskedAt)) throw Refused.Unavailable();
        var delivery = WebhookDelivery.Of(plan.Name, _cursor, _batch.Changes);
        var outcome = await post.Send(delivery, cancellation);
        if (outcome.IsDelivered) Delivered(delivery);
        else Failed(delivery, outcome);
        _retries.Reset();
        _batch.Told();
    }

    private void Delivered(WebhookDelivery delivery) => statuses.Change(plan, status => status with
    {
        State = "watching",
        Problem = null,
        FailedAttempts = 0,
        LastDeliveryAt = time.GetUtcNow(),
        Deliveries = status.Deliveries + 1,
        Changes = status.Changes + delivery.Changes,
    });

    // Comes back when the delivery is given up.
    private void Failed(WebhookDelivery delivery, WebhookOutcome outcome)
    {
        var now = time.GetUtcNow();
        if (_retries.Failures == 0) _failedFirst = now;
        if (outcome.IsUnwanted) throw new WebhookUnwantedException();
        var wait = _retries.Failed(outcome.RetryAfter);
        statuses.Change(plan, status => status with
        {
            State = "retrying",
            Problem = outcome.Text,
            FailedAttempts = _retries.Failures,
            NextAttemptAt = now + wait,
        });
        if (wait is { } some) throw new WebhookFailedException(some);
        files.AddDeadLetter(plan.Name, DeadLetter(delivery, outcome, now));
        statuses.Change(plan, status => status with { FailedAttempts = 0, DeadLetters = status.DeadLetters + 1 });
    }

    // Not what it held: that is evidence of others in part, which stays at its homes, and may be narrowed. The cursor leads back to it.
    private string DeadLetter(WebhookDelivery delivery, WebhookOutcome outcome, DateTimeOffset now) => JsonSerializer.Serialize(new
    {
        at = now,
        webhook_id = delivery.Id,
        changes = delivery.Changes,
        attempts = _retries.Failures,
        first_attempt_at = _failedFirst,
        problem = outcome.Text,
        cursor = _cursor,
    });
}
