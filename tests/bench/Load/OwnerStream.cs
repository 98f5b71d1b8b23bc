using System.Collections.Concurrent;
using CrossBorderSoc.Tests.Bench.Traffic;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>One owner's open stream. Every acknowledgement must take the whole batch, else the run is wrong.</summary>
internal sealed class OwnerStream : IDisposable
{
    private readonly OwnerTraffic _traffic;
    private readonly SemaphoreSlim _window;
    private readonly PushTally _tally;
    private readonly AsyncDuplexStreamingCall<OutgoingBatch, BatchAck> _call;
    private readonly ConcurrentQueue<OutgoingBatch> _sent = new();
    private readonly Task _reading;

    public OwnerStream(CallInvoker invoker, string? token, OwnerTraffic traffic, SemaphoreSlim window, PushTally tally)
    {
        (_traffic, _window, _tally) = (traffic, window, tally);
        var headers = new Metadata();
        if (token is not null) headers.Add("authorization", "Bearer " + token);
        _call = invoker.AsyncDuplexStreamingCall(PushMethod.Instance, null, new CallOptions(headers));
        _reading = Task.Run(Read);
    }

    /// <summary>Sends a batch; the caller has taken a place in the window.</summary>
    public Task Send(OutgoingBatch batch)
    {
        _sent.Enqueue(batch);
        return _call.RequestStream.WriteAsync(batch);
    }

    /// <summary>Completes when everything that was sent is acknowledged. Throws when something was not.</summary>
    public async Task Finish()
    {
        await _call.RequestStream.CompleteAsync();
        await _reading;
        if (!_sent.IsEmpty) throw new InvalidDataException($"{_traffic.Owner.Id}: batches without acknowledgement.");
    }

    public void Dispose() => _call.Dispose();

    private async Task Read()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(CancellationToken.None)) Settle(_call.ResponseStream.Current);
        }
        catch
        {
            // Whoever waits for a place gets one, tries to send, and meets the broken stream.
            _window.Release();
            throw;
        }
    }

    private void Settle(BatchAck ack)
    {
        if (!_sent.TryDequeue(out var batch)) throw new InvalidDataException("An acknowledgement of nothing.");
        if (ack.Accepted != batch.Template.Count)
            throw new InvalidDataException($"{_traffic.Owner.Id}: a batch of {batch.Template.Count} was answered with {ack}");
        _traffic.Accepted(batch.Index);
        _tally.Accepted(_traffic, batch);
        _window.Release();
    }
}
