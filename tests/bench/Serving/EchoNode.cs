using CrossBorderSoc.Gateway;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>gRPC and nothing else: parses each batch and acknowledges it.</summary>
internal sealed class EchoNode(WebApplication app) : IServed
{
    public long PendingRecords => 0;

    public static async Task<EchoNode> Start(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.ConfigureGateway();
        builder.Services.AddSingleton(TimeProvider.System).AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<EchoSightings>();
        await app.StartAsync(cancellation);
        return new(app);
    }

    public Task<string> MeasureMemory(string arguments) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class EchoSightings : SightingService.SightingServiceBase
    {
        public override async Task Push(
            IAsyncStreamReader<SightingBatch> requestStream, IServerStreamWriter<BatchAck> responseStream,
            ServerCallContext context)
        {
            await foreach (var batch in requestStream.ReadAllAsync())
                await responseStream.WriteAsync(
                    new BatchAck { Sequence = batch.Sequence, Accepted = (uint)batch.Sightings.Count });
        }
    }
}
