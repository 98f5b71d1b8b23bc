using System.Threading.Channels;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>Cuts a stream of sightings into batches: when one is full, or when the stream pauses.</summary>
internal sealed class Batcher(PushOptions options, TimeProvider time, ChannelWriter<OutgoingBatch> batches)
{
    // Tag and length of a sighting within a batch's message.
    private const int FrameBytes = 5;

    private OutgoingBatch current = new(1);

    /// <summary>
    /// Runs until the source ends. If the source fails, what was read before is still handed on; then its error is thrown.
    /// </summary>
    public async Task RunAsync(IAsyncEnumerable<NumberedSighting> source, CancellationToken cancellation)
    {
        try
        {
            await CutAsync(source, cancellation);
        }
        finally
        {
            if (!cancellation.IsCancellationRequested) await FlushAsync(cancellation);
            batches.Complete();
        }
    }

    private async Task CutAsync(IAsyncEnumerable<NumberedSighting> source, CancellationToken cancellation)
    {
        await using var sightings = source.GetAsyncEnumerator(cancellation);
        while (true)
        {
            var moving = sightings.MoveNextAsync();
            if (!(moving.IsCompletedSuccessfully ? moving.Result : await LingerAsync(moving.AsTask(), cancellation)))
                return;
            var sighting = sightings.Current;
            if (current.Count > 0 && current.Bytes + sighting.Bytes + (FrameBytes * current.Count) > options.BatchBytes)
                await FlushAsync(cancellation);
            current.Add(sighting);
            if (current.Count >= options.BatchSightings) await FlushAsync(cancellation);
        }
    }

    private async Task<bool> LingerAsync(Task<bool> moving, CancellationToken cancellation)
    {
        if (current.Count == 0) return await moving;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var first = await Task.WhenAny(moving, Task.Delay(options.Linger, time, done.Token));
        await done.CancelAsync();
        if (first != moving) await FlushAsync(cancellation);
        return await moving;
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        if (current.Count == 0) return;
        var full = current;
        current = new(full.Message.Sequence + 1);
        await batches.WriteAsync(full, cancellation);
    }
}
