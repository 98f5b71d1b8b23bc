using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>What became of an attempt.</summary>
/// <param name="Text">For the operator: <c>HTTP 204</c>, or in a word why there was no answer.</param>
/// <param name="IsDelivered">Whether the target took it: it answered 200 to 299.</param>
/// <param name="IsUnwanted">Whether the target wants no more, ever: it answered 410.</param>
/// <param name="RetryAfter">How long the target asks to wait.</param>
internal readonly record struct WebhookOutcome(string Text, bool IsDelivered, bool IsUnwanted = false, TimeSpan? RetryAfter = null);

/// <summary>Sends deliveries of a webhook, each attempt signed anew. Of the answer the status and the headers are read.</summary>
internal sealed class WebhookPost(WebhookPlan plan, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker _target = TargetConnections.To(plan.Addresses);

    /// <summary>One attempt. Fails only where the secret cannot be read, or when it is cancelled.</summary>
    /// <exception cref="IOException">The secret cannot be read.</exception>
    public async Task<WebhookOutcome> Send(WebhookDelivery delivery, CancellationToken cancellation)
    {
        using var request = Request(delivery);
        using var patience = new CancellationTokenSource(AnswerWithin, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var response = await _target.SendAsync(request, ending.Token);
            var text = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
            return new(
                text, response.IsSuccessStatusCode, response.StatusCode == HttpStatusCode.Gone, AskedToWait(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new("TIMEOUT", IsDelivered: false);
        }
        catch (HttpRequestException failure)
        {
            return new(WordFor(failure), IsDelivered: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();

    private HttpRequestMessage Request(WebhookDelivery delivery)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var signature = WebhookSignature.Of(WebhookSecret.Read(plan.SecretPath), delivery.Id, timestamp, delivery.Body);
        return new(HttpMethod.Post, plan.Url)
        {
            Content = new ByteArrayContent(delivery.Body) { Headers = { ContentType = new("application/json") } },
            Headers =
            {
                { "user-agent", "CrossBorderSoc" },
                { "webhook-id", delivery.Id },
                { "webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", signature },
            },
        };
    }

    private TimeSpan? AskedToWait(RetryConditionHeaderValue? asked) => asked?.Delta ?? asked?.Date - time.GetUtcNow();

    private static string WordFor(HttpRequestException failure) => failure.InnerException is TargetRefusedException
        ? "ADDRESS_NOT_ALLOWED"
        : failure.HttpRequestError.ToString();
}
