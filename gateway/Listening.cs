using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrossBorderSoc.Gateway;

/// <summary>
/// Where the gateway listens, read from <see cref="GatewayOptions"/>. Anything but loopback needs TLS.
/// </summary>
/// <param name="Address">The IP address.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="IsTls">Whether TLS is spoken.</param>
internal sealed record Listening(IPAddress Address, int Port, bool IsTls)
{
    private const string CertificateKey = $"{GatewayOptions.Section}:{nameof(GatewayOptions.Certificate)}";

    /// <summary>Reads a URL.</summary>
    /// <exception cref="InvalidOperationException">It is none, or would listen in the clear; names the configuration
    /// key.</exception>
    public static Listening Parse(string url, string key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery != "/")
            throw new InvalidOperationException($"{key}: '{url}' is no URL like http://127.0.0.1:5081.");
        var address = uri.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var parsed) ? parsed
            : throw new InvalidOperationException($"{key}: '{uri.Host}' is neither an IP address nor localhost.");
        if (uri.Scheme == "http" && !IPAddress.IsLoopback(address))
            throw new InvalidOperationException(
                $"{key}: {url} is no loopback address, so it needs TLS: use https and set {CertificateKey}.");
        return new(address, uri.Port, uri.Scheme == "https");
    }

    /// <summary>Opens it.</summary>
    public void Open(
        KestrelServerOptions kestrel, HttpProtocols protocols, X509Certificate2? certificate, Func<SslServerAuthenticationOptions>? mutual,
        int connectionsMax) =>
        kestrel.Listen(Address, Port, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(new ConnectionLimit(connectionsMax).Before);
            listen.Use(new ConnectionEnd(
                kestrel.ApplicationServices.GetRequiredService<IHostApplicationLifetime>(),
                kestrel.ApplicationServices.GetRequiredService<TimeProvider>()).Before);
            if (IsTls && mutual is not null)
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(mutual()) });
            else if (IsTls) listen.UseHttps(certificate!);
        });

    /// <summary>The certificate of the options, or null when none is needed.</summary>
    /// <exception cref="InvalidOperationException">TLS is asked for without a certificate, or it cannot be read; names the
    /// configuration key.</exception>
    public static X509Certificate2? Certificate(GatewayOptions options, params ReadOnlySpan<Listening> all)
    {
        var isNeeded = false;
        foreach (var one in all) isNeeded |= one.IsTls;
        if (!isNeeded) return null;
        if (options.Certificate is not { Length: > 0 } path)
            throw new InvalidOperationException(
                $"{CertificateKey} is needed for https.");
        try
        {
            return Path.GetExtension(path) is ".pfx" or ".p12"
                ? X509CertificateLoader.LoadPkcs12FromFile(path, password: null)
                : X509Certificate2.CreateFromPemFile(path, options.CertificateKey);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{CertificateKey}: {path} cannot be used: {e.Message}", e);
        }
    }
}
