using System.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class AuthenticationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Marshaller<byte[]> Raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    /// <summary>
    /// Every method of every service of the contract, so that a new one is covered the day it appears.
    /// </summary>
    private static readonly string[] Methods =
    [
        .. typeof(V1.SightingBatch).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<Google.Protobuf.Reflection.ServiceDescriptor>()
            .SelectMany(service => service.Methods, (service, method) => $"{service.FullName}/{method.Name}"),
    ];

    [Fact]
    public async Task EveryMethod_WithoutAGoodToken_GivesOneAnswer()
    {
        await using var gateway = await RunningGateway.Start();
        Methods.Length.ShouldBeGreaterThanOrEqualTo(7);
        var good = gateway.As("nsoc.be")[0].Value["Bearer ".Length..];
        Metadata[] headers =
        [
            [], new() { { "authorization", "" } }, new() { { "authorization", "Basic " + good } },
                new() { { "authorization", good } },
            RunningGateway.Bearer("x"), RunningGateway.Bearer(good[..^2]), gateway.AsHome(),
            new() { { "authorization", "Bearer " + good }, { "authorization", "Bearer " + good } },
            new() { { "x-organisation", "nsoc.be" }, { "x-forwarded-user", "nsoc.be" }, { "org", "nsoc.be" } },
        ];
        string? answer = null;
        foreach (var method in Methods)
        {
            foreach (var header in headers)
            {
                var error = await Should.ThrowAsync<RpcException>(() => Call(gateway, method, header));
                error.StatusCode.ShouldBe(StatusCode.Unauthenticated, method);
                var text = error.Status.Detail + error.Trailers.GetValueBytes("grpc-status-details-bin")!.Length;
                (answer ??= text).ShouldBe(text);
            }
        }
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_IdentityHeadersBesideTheToken_AreIgnored()
    {
        await using var gateway = await RunningGateway.Start();
        var headers = gateway.As("nsoc.be");
        headers.Add("x-organisation", "nsoc.de");
        headers.Add("org", "nsoc.de");
        var communities = await new V1.ConsortiumService.ConsortiumServiceClient(gateway.Channel)
            .ListCommunitiesAsync(new(), headers, cancellationToken: Cancellation);
        communities.Communities.Select(c => c.Id).ShouldBe(["csirts", "hub-members"]);
    }

    [Fact]
    public async Task Call_OrganisationOutsideThePolicy_IsDenied()
    {
        await using var gateway = await RunningGateway.Start();
        (await Should.ThrowAsync<RpcException>(() => Call(gateway, Methods[0], gateway.As("stranger")))).StatusCode
            .ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Call_BeforeTheFirstPolicy_IsUnavailable()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.LastKnown = null;
        (await Should.ThrowAsync<RpcException>(() => Call(gateway, Methods[0], gateway.As("nsoc.be")))).StatusCode
            .ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public async Task Health_IsOpen_AndReflectionIsNotInProduction()
    {
        await using var gateway = await RunningGateway.Start();
        var health = await new Health.HealthClient(gateway.Channel).CheckAsync(new(), cancellationToken: Cancellation);
        health.Status.ShouldBeOneOf(HealthCheckResponse.Types.ServingStatus.Serving,
            HealthCheckResponse.Types.ServingStatus.Unknown);
        (await Should.ThrowAsync<RpcException>(() => Call(
            gateway, "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", [])))
                .StatusCode.ShouldBe(StatusCode.Unimplemented);
        using var http = new HttpClient();
        foreach (var path in new[] { "/health/live", "/health/ready" })
            (await http.GetStringAsync(gateway.HttpAddress + path, Cancellation)).Trim().ShouldBe("Healthy");
    }

    // On the wire all kinds of method begin alike, and each refusal comes before the first message.
    private static async Task Call(RunningGateway gateway, string method, Metadata headers)
    {
        var parts = method.Split('/');
        using var call = gateway.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[0], parts[1], Raw, Raw), null,
            new CallOptions(headers, cancellationToken: Cancellation));
        try
        {
            await call.RequestStream.WriteAsync([], Cancellation);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception refused) when (refused is RpcException or InvalidOperationException)
        {
            // The answer may come before the request is out; it is read below.
        }
        await call.ResponseStream.MoveNext(Cancellation);
    }
}
