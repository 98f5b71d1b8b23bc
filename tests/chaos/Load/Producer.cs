using System.Diagnostics;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Tests.Chaos.Checking;
using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Chaos.Load;

/// <summary>An owner's producer: small batches, each sent again, with the same identifiers, until it is acknowledged.</summary>
internal sealed class Producer(string owner, string token, Drawn drawn, Random dice, Book book, Findings findings)
{
    public static readonly IReadOnlyList<string> Owners = ["nsoc.be", "energy.be", "nsoc.de", "csirt.de"];

    private const int BatchMost = 6;
    private const int BetweenBatches = 60;
    private const int BetweenTries = 150;
    private const int AgainAtOnce = 100;
    private static readonly TimeSpan TryLasts = TimeSpan.FromSeconds(5);

    private readonly List<Entry> _acknowledged = [];
    private readonly Metadata _headers = new() { { "authorization", "Bearer " + token } };
    private long _newest;
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>When the newest batch that is acknowledged was first sent.</summary>
    public long SentAt => Volatile.Read(ref _newest);

    public int Acknowledged { get; private set; }

    /// <summary>How often a batch had to be sent again.</summary>
    public int Again { get; private set; }

    /// <summary>The longest time without an acknowledgement.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>Pushes until told to stop, and then until the last batch is acknowledged.</summary>
    /// <param name="stop">No more batches.</param>
    /// <param name="giveUp">The run has failed.</param>
    public async Task Run(CancellationToken stop, CancellationToken giveUp)
    {
        using var grid = GridConnection.To(Grid.Gateway);
        while (!stop.IsCancellationRequested)
        {
            var batch = new List<Entry>();
            for (var left = dice.Next(1, BatchMost + 1); left > 0; left--) batch.Add(book.Add(drawn.Next()));
            var sentAt = Stopwatch.GetTimestamp();
            var ack = await PushUntilAcknowledged(grid, batch, giveUp);
            if (ack.First && ack.Answer.Duplicates > 0)
                findings.Doubled((int)ack.Answer.Duplicates, $"{owner}: {ack.Answer.Duplicates} were known before they were sent");
            foreach (var entry in batch) entry.Acknowledge();
            _acknowledged.AddRange(batch);
            Acknowledged += batch.Count;
            Volatile.Write(ref _newest, sentAt);
            var silence = Stopwatch.GetElapsedTime(_last);
            if (silence > LongestSilence) LongestSilence = silence;
            _last = Stopwatch.GetTimestamp();
            await Pause.For(BetweenBatches, giveUp);
        }
    }

    /// <summary>Sends everything acknowledged once more: each is known, or it was lost.</summary>
    public async Task SendAgain(CancellationToken giveUp)
    {
        using var grid = GridConnection.To(Grid.Gateway);
        foreach (var some in _acknowledged.Chunk(AgainAtOnce))
        {
            var ack = await PushUntilAcknowledged(grid, some, giveUp);
            // A try whose answer did not come may have accepted what was lost; then the views tell.
            if (ack.Answer.Accepted > 0)
                findings.Lost((int)ack.Answer.Accepted, $"{owner}: {ack.Answer.Accepted} acknowledged sightings were not known when sent again");
        }
    }

    private async Task<(BatchAck Answer, bool First)> PushUntilAcknowledged(GridConnection grid, IReadOnlyList<Entry> batch, CancellationToken giveUp)
    {
        for (var first = true; ; first = false)
        {
            giveUp.ThrowIfCancellationRequested();
            try
            {
                var answer = await Push(grid, batch, giveUp);
                foreach (var rejection in answer.Rejections)
                    findings.Wrong($"{owner}: refused: {rejection.Field} {rejection.ReasonCode} {rejection.Message}");
                return (answer, first);
            }
            catch (Exception e) when (e is RpcException or IOException or InvalidOperationException or OperationCanceledException)
            {
                Again++;
                findings.Answered("push", e is RpcException refused ? refused.StatusCode : StatusCode.Unavailable);
                await Pause.For(BetweenTries, giveUp);
            }
        }
    }

    private async Task<BatchAck> Push(GridConnection grid, IReadOnlyList<Entry> batch, CancellationToken giveUp)
    {
        using var tries = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        tries.CancelAfter(TryLasts);
        using var call = new SightingService.SightingServiceClient(grid.Invoker).Push(_headers, cancellationToken: tries.Token);
        await call.RequestStream.WriteAsync(new() { Sightings = { batch.Select(entry => Drawn.ToWire(entry.Said)) } }, tries.Token);
        if (!await call.ResponseStream.MoveNext(tries.Token)) throw new IOException("The stream ended without an answer.");
        var answer = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        return answer;
    }
}
