using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>Both ports over real TLS, with the certificate that the operator configures.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;
    private readonly string _thumbprint;

    public TlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        _thumbprint = certificate.Thumbprint;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string CertificateFile => Path.Combine(_directory, "gateway.pem");

    private string KeyFile => Path.Combine(_directory, "gateway.key");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Gateway_WithACertificate_SpeaksTlsOnBothPortsAndNothingElse()
    {
        await using var gateway = await RunningGateway.Start(
            ("Gateway:Grpc", "https://127.0.0.1:0"), ("Gateway:Http", "https://127.0.0.1:0"),
            ("Gateway:Certificate", CertificateFile), ("Gateway:CertificateKey", KeyFile));

        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress, new() { HttpHandler = Pinned() });
        using var call = new V1.SightingService.SightingServiceClient(channel)
            .Push(gateway.As("nsoc.be"), cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(Samples.Batch(1, Samples.Sighting()), Cancellation);
        (await call.ResponseStream.MoveNext(Cancellation)).ShouldBeTrue();
        call.ResponseStream.Current.Accepted.ShouldBe(1u);

        using var http = new HttpClient(Pinned());
        (await http.GetAsync(gateway.HttpAddress + "/health/live", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var clear = GrpcChannel.ForAddress(gateway.GrpcAddress.Replace("https", "http", StringComparison.Ordinal));
        await Should.ThrowAsync<RpcException>(async () =>
            await new Grpc.Health.V1.Health.HealthClient(clear).CheckAsync(new(), cancellationToken: Cancellation));
    }

    // Trusts the operator's certificate and no other.
    private SocketsHttpHandler Pinned() => new()
    {
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) =>
                presented is X509Certificate2 certificate && certificate.Thumbprint == _thumbprint,
        },
    };
}
