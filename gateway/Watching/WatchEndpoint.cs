using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Warninglists;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace CrossBorderSoc.Gateway.Watching;

/// <summary>Tells partners what changes (<c>watch_service.proto</c>).</summary>
internal sealed class WatchEndpoint(
    IGrid grid, WatchTicks ticks, WatchClasses classes, WatchShares shares, IJurisdictionStatus status, IPolicyReplica policy,
    WarninglistsInForce warninglists, TimeProvider time, IHostApplicationLifetime lifetime) : V1.WatchService.WatchServiceBase
{
    public override async Task Watch(
        V1.WatchRequest request, IServerStreamWriter<V1.WatchResponse> responseStream, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var scope = WatchRequests.Read(request, caller);
        using var share = shares.Take(caller.Organisation.Id);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var watches = classes.Join(caller, scope);
        try
        {
            await new WatchStream(
                grid, ticks, watches, new OneAnswer(status, policy, time), warninglists, policy, time, caller, scope,
                message => responseStream.WriteAsync(message, ending.Token)).Run(request.Cursor, ending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Refused.Unavailable();
        }
        finally
        {
            classes.Leave(caller, watches, scope);
        }
    }
}
