using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Traffic;
using CrossBorderSoc.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>Watches that stay open until it is disposed of, a hundred on each connection.</summary>
internal sealed class WatchLoad(ServerProcess server) : IDisposable
{
    private const int WatchesPerChannel = 90;

    private readonly List<GrpcChannel> _channels = [];
    private readonly List<(string Organisation, AsyncServerStreamingCall<WatchResponse> Call)> _calls = [];
    private long _messages;

    /// <summary>Messages that came.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>How many watches there are of a jurisdiction's organisations.</summary>
    public int Watches(string jurisdiction, BenchData data) =>
        _calls.Count(call => data.OrganisationOf(call.Organisation).Jurisdiction == jurisdiction);

    /// <summary>Opens a watch and waits for its first message.</summary>
    public async Task Add(string organisation, WatchRequest request, Action<WatchResponse> hear)
    {
        if (_calls.Count % WatchesPerChannel == 0) _channels.Add(GrpcChannel.ForAddress(server.Address));
        var call = new WatchService.WatchServiceClient(_channels[^1]).Watch(
            request, new Metadata { { "authorization", "Bearer " + server.TokenOf(organisation) } });
        _calls.Add((organisation, call));
        if (!await call.ResponseStream.MoveNext(CancellationToken.None)) throw new InvalidOperationException("A watch ended at once.");
        _ = Listen(call, hear);
    }

    public void Dispose()
    {
        foreach (var (_, call) in _calls) call.Dispose();
        foreach (var channel in _channels) channel.Dispose();
    }

    private async Task Listen(AsyncServerStreamingCall<WatchResponse> call, Action<WatchResponse> hear)
    {
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                Interlocked.Increment(ref _messages);
                hear(call.ResponseStream.Current);
            }
        }
        catch (RpcException ended) when (ended.StatusCode == StatusCode.Cancelled)
        {
            // Disposed of.
        }
    }
}
