using System.Threading.Channels;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Intake;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Push;

/// <summary>What a stream needs of the node.</summary>
internal sealed record PushPorts(
    CallerGate Gate, IGrid Grid, IPolicyReplica Policy, GatewayOptions Options, CancellationToken Stopping);

/// <summary>
/// One push stream. Batches are read, judged and sent to the ledger in order, several in flight; acknowledgements leave
/// in the same order, each when its batch is on disk. What is in flight is bounded in number and bytes until its
/// acknowledgement has been written: a client that reads none is not read from. The first failure ends the stream,
/// after the acknowledgements before it.
/// </summary>
internal sealed class PushStream(PushPorts ports, PushCapacity.Stream capacity, CallerToken token)
{
    private readonly SightingDraft _draft = new();
    private readonly Channel<InFlight> _inFlight = Channel.CreateBounded<InFlight>(
        // One more is out of it while its acknowledgement is awaited.
        new BoundedChannelOptions(Math.Max(1, ports.Options.PushDepth - 1))
        {
            SingleReader = true,
            SingleWriter = true,
        });

    private readonly record struct InFlight(Task<V1.BatchAck> Ack, int Bytes);

    /// <summary>Runs the stream to its end.</summary>
    public async Task Run(
        IAsyncStreamReader<RawBatch> batches, IServerStreamWriter<V1.BatchAck> acks,
        CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ports.Stopping);
        var reading = Read(batches, ending.Token);
        try
        {
            await foreach (var next in _inFlight.Reader.ReadAllAsync(cancellation))
            {
                try
                {
                    await acks.WriteAsync(await next.Ack, cancellation);
                }
                finally
                {
                    capacity.Return(next.Bytes);
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await reading;
            await GiveBackTheRest();
        }
    }

    // Never fails: what goes wrong becomes the last entry in flight, so that the acknowledgements before it leave
    // first.
    private async Task Read(IAsyncStreamReader<RawBatch> batches, CancellationToken cancellation)
    {
        try
        {
            // The next batch is expected to be as large as the last one; a producer's batches are alike.
            for (var bytes = 1; await HasNext(batches, bytes, cancellation);)
            {
                var batch = batches.Current;
                // One that is too large takes what the largest may, so that it gets its turn to be refused.
                bytes = Math.Min(batch.Length, Bounds.BatchBytesMax);
                await capacity.Take(bytes, cancellation);
                if (!_inFlight.Writer.TryWrite(new(Accept(batch), bytes)))
                    throw new InvalidOperationException("BUG: a batch was read for which there is no place.");
            }
            _inFlight.Writer.Complete();
        }
        catch (OperationCanceledException) when (ports.Stopping.IsCancellationRequested)
        {
            _inFlight.Writer.Complete(Refused.Unavailable());
        }
        catch (Exception failure)
        {
            _inFlight.Writer.Complete(failure);
        }
    }

    private async ValueTask<bool> HasNext(IAsyncStreamReader<RawBatch> batches, int bytes, CancellationToken cancellation)
    {
        await _inFlight.Writer.WaitToWriteAsync(cancellation);
        await capacity.Room(bytes, cancellation);
        return await batches.MoveNext(cancellation);
    }

    // Up to the first await it runs on the reader's turn, so the draft is never shared.
    private async Task<V1.BatchAck> Accept(RawBatch batch)
    {
        var message = batch.Parse();
        var caller = ports.Gate.Admit(token);
        var terms = new IntakeTerms(caller.Organisation, caller.Policy, ports.Policy.Now, ports.Options.RetentionDays);
        var read = BatchReader.Read(message, terms, _draft);
        var outcome = read.Batch is null
            ? new BatchOutcome(0, 0, [])
            : await ports.Grid.Intake(caller.Home).Accept(token, read.Batch);
        return BatchReader.Acknowledge(message, read, outcome);
    }

    private async Task GiveBackTheRest()
    {
        while (_inFlight.Reader.TryRead(out var next))
        {
            // Bytes are held while the ledger holds the batch, told or not.
            await next.Ack.ContinueWith(static done => done.Exception, TaskScheduler.Default);
            capacity.Return(next.Bytes);
        }
    }
}
