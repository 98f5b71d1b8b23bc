using System.Collections.Concurrent;
using System.Diagnostics;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// An organisation that pushes without end, one batch at a time, and after a failure sends again from its last acknowledgement. Its sightings are
/// numbered, of a few values, and of nobody else's, so that what is stored can be counted.
/// </summary>
internal sealed class Producer(string gateway, string token, string owner) : IAsyncDisposable
{
    private const int Values = 20;
    private const int BatchSightings = 20;
    private const int AgainSightings = 400;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private static readonly Timestamp Day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(-1));

    private readonly GridConnection _grid = GridConnection.To(gateway);
    private readonly CancellationTokenSource _enough = new();
    private Task _pushing = Task.CompletedTask;
    private long _acknowledgedAt;

    /// <summary>Up to which number (exclusive) everything is acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Up to which number (exclusive) something was sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How often a stream failed, by status.</summary>
    public ConcurrentDictionary<StatusCode, int> Failures { get; } = new();

    /// <summary>The longest time between two acknowledgements since it was last forgotten.</summary>
    public TimeSpan LongestWait { get; set; }

    /// <summary>Begins to push.</summary>
    public void Begin() => _pushing = Task.Run(Push);

    /// <summary>Ends pushing, sends once more everything that was ever sent, and counts what is stored.</summary>
    public async Task EndAndCount()
    {
        await _enough.CancelAsync();
        await _pushing;
        var (stored, sent) = (await Count(), Sent);
        stored.ShouldBeInRange(Acknowledged, sent, owner + ": what was acknowledged is there, and nothing twice");
        Acknowledged = 0;
        await PushUpTo(sent, AgainSightings, CancellationToken.None);
        (await Count()).ShouldBe(sent, owner + ": sent again it is exact");
    }

    /// <summary>Whether the grid serves it: each of its values is answered, and a push is acknowledged on each of several streams.</summary>
    public async Task<bool> IsServed()
    {
        var soon = DateTime.UtcNow.AddSeconds(1);
        var asked = Enumerable.Range(0, Values).Select(async value =>
        {
            var answer = await new AnalysisService.AnalysisServiceClient(_grid.Invoker).GetIndicatorAsync(
                new() { Observable = Value(value) }, Headers, soon);
            return !answer.UnavailableJurisdictions.Contains("hub");
        });
        var pushed = Enumerable.Range(0, Values).Select(async number =>
        {
            using var call = new SightingService.SightingServiceClient(_grid.Invoker).Push(Headers, soon);
            await call.RequestStream.WriteAsync(new() { Sightings = { Make(number) } });
            return await call.ResponseStream.MoveNext(CancellationToken.None);
        });
        try
        {
            return (await Task.WhenAll(asked.Concat(pushed))).All(isServed => isServed);
        }
        catch (Exception e) when (e is RpcException or IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _pushing;
        _grid.Dispose();
        _enough.Dispose();
    }

    private Metadata Headers => new() { { "authorization", "Bearer " + token } };

    private async Task Push()
    {
        using var timer = new PeriodicTimer(Period);
        while (!_enough.IsCancellationRequested)
        {
            try
            {
                await PushUpTo(int.MaxValue, BatchSightings, _enough.Token, timer);
            }
            catch (RpcException e)
            {
                if (!_enough.IsCancellationRequested) Failures.AddOrUpdate(e.StatusCode, 1, (_, count) => count + 1);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
            {
                // The stream ended under a write, or there was enough.
            }
            if (!_enough.IsCancellationRequested) await timer.WaitForNextTickAsync();
        }
    }

    private async Task PushUpTo(int end, int size, CancellationToken cancellation, PeriodicTimer? timer = null)
    {
        using var call = new SightingService.SightingServiceClient(_grid.Invoker).Push(Headers, cancellationToken: cancellation);
        while (Acknowledged < end)
        {
            var batch = new SightingBatch { Sequence = (ulong)Acknowledged };
            var to = Math.Min(end, Acknowledged + size);
            for (var number = Acknowledged; number < to; number++) batch.Sightings.Add(Make(number));
            Sent = Math.Max(Sent, to);
            await call.RequestStream.WriteAsync(batch, cancellation);
            (await call.ResponseStream.MoveNext(cancellation)).ShouldBeTrue();
            var ack = call.ResponseStream.Current;
            (ack.Accepted + ack.Duplicates).ShouldBe((uint)batch.Sightings.Count, string.Join(", ", ack.Rejections));
            Acknowledged = to;
            Note();
            if (timer is not null) await timer.WaitForNextTickAsync(cancellation);
        }
        await call.RequestStream.CompleteAsync();
    }

    private void Note()
    {
        var (last, now) = (_acknowledgedAt, Stopwatch.GetTimestamp());
        _acknowledgedAt = now;
        if (last != 0 && Stopwatch.GetElapsedTime(last, now) is var waited && waited > LongestWait) LongestWait = waited;
    }

    private async Task<int> Count()
    {
        var views = new GridViews(_grid.Invoker, token);
        var answers = await Task.WhenAll(Enumerable.Range(0, Values).Select(value => views.IndicatorAsync(Value(value), CancellationToken.None)));
        return (int)answers.SelectMany(answer => answer.Indicator.ByKind).Sum(tally => (long)tally.Count);
    }

    private Sighting Make(int number)
    {
        Span<byte> id = stackalloc byte[16];
        BitConverter.TryWriteBytes(id, number);
        System.Text.Encoding.ASCII.GetBytes(owner.AsSpan(0, 7), id[8..]);
        return new()
        {
            Id = new Guid(id).ToString(),
            Observables = { Value(number % Values) },
            FirstSeen = Day,
            LastSeen = Day,
            Count = 1,
            Kind = Kind.Positive,
            Confidence = 50,
            Marking = new() { Tlp = Tlp.Red, Pap = Pap.Red },
        };
    }

    private Observable Value(int value) => new() { Type = "domain-name", Value = $"value-{value}.{owner}.example" };
}
