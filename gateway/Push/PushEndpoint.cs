using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Identity;
using Grpc.Core;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Push;

/// <summary>Takes sightings in (<c>sighting_service.proto</c>).</summary>
internal sealed class PushEndpoint(
    CallerGate gate, IGrid grid, IPolicyReplica policy, PushCapacity capacity, IOptions<GatewayOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider time)
    : PushEndpointBase
{
    // For the acknowledgements of what is in flight; a client that reads none must not hold up the node.
    internal static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    public override async Task Push(
        IAsyncStreamReader<RawBatch> requestStream, IServerStreamWriter<V1.BatchAck> responseStream,
        ServerCallContext context)
    {
        var caller = Caller.Of(context);
        using var share = capacity.Open(caller.Organisation.Id);
        // The connection, not the stream alone: one whose client reads nothing would stay open for as long as the host waits.
        var connection = context.GetHttpContext().Features.GetRequiredFeature<IConnectionLifetimeFeature>();
        await using var late = time.CreateTimer(_ => connection.Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var stopping = lifetime.ApplicationStopping.Register(() => late.Change(EndsWithin, Timeout.InfiniteTimeSpan));
        var ports = new PushPorts(gate, grid, policy, options.Value, lifetime.ApplicationStopping);
        var stream = new PushStream(ports, share, caller.Token);
        await stream.Run(requestStream, responseStream, context.CancellationToken);
    }
}
