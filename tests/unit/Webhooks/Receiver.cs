using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>What a target got of one attempt.</summary>
internal sealed record Received(string Path, string Id, long Timestamp, string Signature, byte[] Body)
{
    public V1.WebhookDelivery Delivery { get; } = V1.WebhookDelivery.Parser.ParseJson(System.Text.Encoding.UTF8.GetString(Body));

    public IEnumerable<string> Told => Delivery.Changes.Select(change =>
        change.Gone is { } gone ? "gone " + gone.Value : change.Indicator?.Observable.Value ?? change.ChangeCase.ToString());
}

/// <summary>A target on a real port of the loopback, which answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Take);
    }

    /// <summary>Everything that came, in order.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>Answers; 204 by default.</summary>
    public Func<Received, HttpResponse, Task> OnReceived { get; set; } = (_, response) =>
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public Uri Url => new(_app.Urls.Single() + "/hook");

    public static async Task<Receiver> Start()
    {
        var receiver = new Receiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with these, then with 204.</summary>
    public void Answer(params int[] codes)
    {
        var left = new ConcurrentQueue<int>(codes);
        OnReceived = (_, response) =>
        {
            response.StatusCode = left.TryDequeue(out var code) ? code : StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var received = new Received(
            context.Request.Path, headers["webhook-id"].Single()!, long.Parse(headers["webhook-timestamp"].Single()!),
            headers["webhook-signature"].Single()!, body.ToArray());
        All.Enqueue(received);
        await OnReceived(received, context.Response);
    }
}
