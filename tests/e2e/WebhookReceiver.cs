using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>A webhook's target in the test's own process, which checks every signature.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly HttpListener _listener = new();
    private readonly Task _taking;

    public WebhookReceiver()
    {
        Url = NodeAddresses.Free().Http + "/hook/path-that-may-be-secret";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _taking = Task.Run(Take);
    }

    public string Url { get; }

    public string SecretText => "whsec_" + Convert.ToBase64String(_secret);

    /// <summary>By value the count that was told last.</summary>
    public ConcurrentDictionary<string, ulong> Told { get; } = new(StringComparer.Ordinal);

    public int Deliveries { get; private set; }

    public int BadSignatures { get; private set; }

    /// <summary>Asked with each delivery before it is answered: whether to answer.</summary>
    public Func<Task<bool>> OnDelivery { get; set; } = () => Task.FromResult(true);

    public void Dispose()
    {
        _listener.Close();
        _taking.GetAwaiter().GetResult();
    }

    private async Task Take()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Read(context.Request);
                context.Response.StatusCode = 204;
                if (await OnDelivery()) context.Response.Close();
                else context.Response.Abort();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                if (!_listener.IsListening) return;
            }
        }
    }

    private void Read(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        var (body, headers) = (reader.ReadToEnd(), request.Headers);
        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
        if (headers["webhook-signature"] != "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, signed))) BadSignatures++;
        Deliveries++;
        foreach (var change in WebhookDelivery.Parser.ParseJson(body).Changes)
            if (change.Indicator is { } indicator)
                Told[indicator.Observable.Value] = indicator.ByKind.Aggregate(0UL, (sum, tally) => sum + tally.Count);
    }
}
