using System.Net;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Where the node's operator asks, below the configuration key <c>Operator</c>.</summary>
internal sealed class OperatorOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Operator";

    private const string Key = $"{Section}:{nameof(Http)}";

    /// <summary>The address: loopback only, without TLS; a port of 0 takes a free one.</summary>
    public string Http { get; set; } = "http://127.0.0.1:5082";

    /// <summary>The address as an endpoint.</summary>
    /// <exception cref="InvalidOperationException">It is none, or not loopback; names the configuration key.</exception>
    public IPEndPoint Endpoint()
    {
        if (!Uri.TryCreate(Http, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
            throw new InvalidOperationException($"{Key}: '{Http}' is no URL like http://127.0.0.1:5082.");
        var address = uri.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed) ? parsed : null;
        return address is not null && IPAddress.IsLoopback(address)
            ? new(address, uri.Port)
            : throw new InvalidOperationException(
                $"{Key}: {Http} is no loopback address, and what is told there counts everybody's records.");
    }
}
