using System.Security.Cryptography;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Gateway;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Push;
using CrossBorderSoc.Tests.Unit.Identity;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>What one stream may hold, whatever its client and its ledger do.</summary>
public sealed class PushStreamTests : IDisposable
{
    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeGrid _grid = new();
    private readonly TaskCompletionSource<BatchOutcome> _ledger = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _client = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _issuer.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_LedgerOrClientThatStandsStill_HoldsTheDepthAndNoMore(bool isClient)
    {
        const int depth = 3;
        if (!isClient) _grid.OnAccept = (_, _, _) => _ledger.Task;
        await RunUntil(read: depth, new() { PushDepth = depth }, Samples.Batch(1, Samples.Sighting()));
        _grid.Calls.Count.ShouldBe(depth);
    }

    [Fact]
    public async Task Run_LargeBatches_HoldTheStreamsBytesAndNoMore()
    {
        _grid.OnAccept = (_, _, _) => _ledger.Task;
        var sighting = Samples.Sighting();
        sighting.SourceRef = new('x', Bounds.BatchBytesMax / 2);
        // Refused content weighs as much; the good one beside it reaches the ledger.
        await RunUntil(read: 2, new() { PushStreamBytes = 6 * 1024 * 1024 }, Samples.Batch(1, sighting, Samples.Sighting()));
        _grid.Calls.Count.ShouldBe(2);
    }

    // A client that sends for ever and reads nothing: so many batches are read, and no more.
    private async Task RunUntil(int read, GatewayOptions options, V1.SightingBatch batch)
    {
        using var ending = new CancellationTokenSource();
        var verifier = new TokenVerifier(
            TokenClaims.DevelopmentIssuer, TokenForge.Keys(("issuer", _issuer)), new FakeTimeProvider(TokenForge.Start));
        var capacity = new PushCapacity(Options.Create(options));
        using (var share = capacity.Open("nsoc.be"))
        {
            var token = TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", "nsoc.be")));
            var stream = new PushStream(new(new(verifier, _grid), _grid, _grid, options, default), share, token);
            var client = new EndlessClient(batch, read, _client.Task);
            var running = stream.Run(client, client, ending.Token);
            await client.HasSent.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            await Eventually.StaysSo(() => client.Count == read, "what does not fit is not even read");
            await ending.CancelAsync();
            _client.SetCanceled(ending.Token);
            _ledger.SetResult(new(1, 0, []));
            await Should.ThrowAsync<OperationCanceledException>(() => running);
        }
        capacity.Budget.Held.ShouldBe(0, "everything is given back");
        capacity.Budget.Waiting.ShouldBe(0);
    }

    private sealed class EndlessClient(V1.SightingBatch batch, int awaited, Task reading)
        : IAsyncStreamReader<RawBatch>, IServerStreamWriter<V1.BatchAck>
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => _count;

        public Task HasSent => _sent.Task;

        public RawBatch Current => RawBatch.Copy(new(batch.ToByteArray()));

        public WriteOptions? WriteOptions { get; set; }

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (++_count == awaited) _sent.SetResult();
            return Task.FromResult(true);
        }

        public Task WriteAsync(V1.BatchAck message) => reading;

        public Task WriteAsync(V1.BatchAck message, CancellationToken cancellationToken) => reading;
    }
}
