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

    private readonly FreshIds _fresh = new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));

    /// <summary>Sends until the limit, then waits for the last acknowledgement.</summary>
    public async Task Run(PushLimit limit)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var window = new SemaphoreSlim(WindowBatches);
        var invoker = channel.CreateCallInvoker();
        var streams = new OwnerStream?[owners.Count];
        try
        {
            var turn = 0;
            do
            {
                var traffic = owners[turn];
                streams[turn] ??= new(invoker, tokenOf(traffic.Owner.Id), traffic, window, tally);
                if (!await Turn(streams[turn]!, traffic, window, limit)) break;
                turn = (turn + 1) % owners.Count;
            }
            while (true);
            foreach (var stream in streams) if (stream is not null) await stream.Finish();
        }
        finally
        {
            foreach (var stream in streams) stream?.Dispose();
        }
    }

    // False at the limit.
    private async Task<bool> Turn(OwnerStream stream, OwnerTraffic traffic, SemaphoreSlim window, PushLimit limit)
    {
        for (var i = 0; i < traffic.Templates.Length; i++)
        {
            await limit.Pace();
            await window.WaitAsync();
            if (!limit.Take())
            {
                window.Release();
                return false;
            }
            var template = traffic.Templates[i];
            await stream.Send(new(template, i, _fresh, template.HasFreshValues ? Traffic.Stream.TakeValues(template.Count) : 0));
        }
        return true;
    }
}
