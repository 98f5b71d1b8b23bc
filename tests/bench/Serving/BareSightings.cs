using System.Runtime.InteropServices;
using System.Threading.Channels;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Tests.Bench.Traffic;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>
/// Takes batches, makes one call per value and batch, and acknowledges in order. The token is verified as often as the product
/// does on its way to a lane: once a stream and once a batch.
/// </summary>
internal sealed class BareSightings(BareActors actors, TokenVerifier verifier, BenchData data)
    : SightingService.SightingServiceBase
{
    // Of one stream. More would only lengthen the collector's work.
    private const int BatchesInTheMaking = 4;

    public override async Task Push(
        IAsyncStreamReader<SightingBatch> requestStream, IServerStreamWriter<BatchAck> responseStream, ServerCallContext context)
    {
        var token = new CallerToken(context.RequestHeaders.GetValue("authorization")?["Bearer ".Length..] ?? "");
        var owner = OwnerOf(token);
        var making = Channel.CreateBounded<(Task Calls, BatchAck Ack)>(BatchesInTheMaking);
        var acknowledging = Acknowledge(making.Reader, responseStream);
        await foreach (var batch in requestStream.ReadAllAsync())
        {
            var ack = new BatchAck { Sequence = batch.Sequence, Accepted = (uint)batch.Sightings.Count };
            await making.Writer.WriteAsync((Tell(OwnerOf(token), batch), ack));
        }
        making.Writer.Complete();
        await acknowledging;
    }

    private Owner OwnerOf(CallerToken token) =>
        verifier.Verify(token).Caller?.Organisation is { } id
            ? data.OrganisationOf(id)
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "no valid token"));

    private static async Task Acknowledge(ChannelReader<(Task Calls, BatchAck Ack)> making, IServerStreamWriter<BatchAck> to)
    {
        await foreach (var (calls, ack) in making.ReadAllAsync())
        {
            await calls;
            await to.WriteAsync(ack);
        }
    }

    private Task Tell(Owner owner, SightingBatch batch)
    {
        var calls = new List<Task>(batch.Sightings.Count);
        foreach (var ((type, value), sightings) in ByValue(batch))
        {
            var call = actors.Of($"{Home.Hub.Code}/{type}:{value}").See(new(owner.Id, [.. sightings]));
            if (!call.IsCompletedSuccessfully) calls.Add(call.AsTask());
        }
        return Task.WhenAll(calls);
    }

    private static Dictionary<(string Type, string Value), List<BareSighting>> ByValue(SightingBatch batch)
    {
        var values = new Dictionary<(string, string), List<BareSighting>>(batch.Sightings.Count);
        foreach (var sighting in batch.Sightings)
        {
            var said = new BareSighting(
                Milliseconds(sighting.FirstSeen), Milliseconds(sighting.LastSeen), sighting.Count, sighting.Marking.Tlp);
            foreach (var observable in sighting.Observables)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    values, (observable.Type, observable.Value), out _);
                (list ??= new(1)).Add(said);
            }
        }
        return values;
    }

    private static long Milliseconds(Google.Protobuf.WellKnownTypes.Timestamp time) => time.Seconds * 1000 + time.Nanos / 1_000_000;
}
