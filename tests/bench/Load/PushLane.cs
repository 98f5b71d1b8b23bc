using System.Diagnostics;
using System.Security.Cryptography;
using CrossBorderSoc.Tests.Bench.Traffic;
using Grpc.Net.Client;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>
/// One connection with the streams of its owners, one open stream each. They take turns; over all of them 16 batches are
/// on their way at once.
/// </summary>
internal sealed class PushLane(string address, IReadOnlyList<OwnerTraffic> owners, Func<string, string?> tokenOf, PushTally tally)
{
    private const int WindowBatches = 16;

    /// <summary>Sends until the time is up, then waits for the last acknowledgement.</summary>
    public async Task Run(long startedAt, TimeSpan duration)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var window = new SemaphoreSlim(WindowBatches);
        var invoker = channel.CreateCallInvoker();
        var fresh = new FreshIds(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
        var streams = new OwnerStream?[owners.Count];
        try
        {
            for (var turn = 0; Stopwatch.GetElapsedTime(startedAt) < duration; turn = (turn + 1) % owners.Count)
            {
                var traffic = owners[turn];
                var stream = streams[turn] ??= new(invoker, tokenOf(traffic.Owner.Id), traffic, window, tally);
                await Turn(stream, traffic, fresh, window, startedAt, duration);
            }
            foreach (var stream in streams) if (stream is not null) await stream.Finish();
        }
        finally
        {
            foreach (var stream in streams) stream?.Dispose();
        }
    }

    private static async Task Turn(
        OwnerStream stream, OwnerTraffic traffic, FreshIds fresh, SemaphoreSlim window, long startedAt, TimeSpan duration)
    {
        for (var i = 0; i < traffic.Templates.Length; i++)
        {
            await window.WaitAsync();
            if (Stopwatch.GetElapsedTime(startedAt) >= duration)
            {
                window.Release();
                return;
            }
            var template = traffic.Templates[i];
            var first = template.HasFreshValues ? Traffic.Stream.TakeValues(template.Count) : 0;
            await stream.Send(new(template, i, fresh, first));
        }
    }
}
