using System.Collections.Concurrent;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.Client.Watching;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// SIGKILL at random moments while an owner pushes and partners watch: every change of an acknowledged sighting is told to whoever may
/// see it, in order, and nothing to whoever may not. Rounds: <c>SOCGRID_WATCH_KILL_RUNS</c> (5 by default), watchers of each partner:
/// <c>SOCGRID_WATCHERS</c> (3).
/// </summary>
public sealed class WatchKillTests(ITestOutputHelper output)
{
    private const string Owner = "nsoc.be";
    private const int BatchSightings = 20;
    private static readonly string[] Partners = ["nsoc.de", "enisa", Owner];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Deterministic in the number: a third is for the owner alone.
    private readonly Timestamp _day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(-3));

    [Fact]
    public async Task Watches_OverKillsUnderLoad_MissNoChange_AndHearNothingHidden()
    {
        var runs = Number("SOCGRID_WATCH_KILL_RUNS", 5);
        var watchers = Partners.SelectMany(partner => Enumerable.Repeat(partner, Number("SOCGRID_WATCHERS", 3)))
            .Select(partner => new Watcher(partner)).ToList();
        using var done = new CancellationTokenSource();
        try
        {
            await Run(watchers, runs, done.Token);
        }
        finally
        {
            await done.CancelAsync();
        }
    }

    private async Task Run(List<Watcher> watchers, int runs, CancellationToken done)
    {
        using var folder = new TempFolder();
        var (at, dice, sent) = (NodeAddresses.Free(), new Random(11), 0);
        var watching = new List<Task>();
        for (var run = 0; run < runs; run++)
        {
            await using var node = await NodeProcess.StartAt(folder.Path, at, ["--consortium", Repository.RealStream]);
            if (run == 0) watching = watchers.ConvertAll(watcher => watcher.Watch(node, done));
            if (run == 0) await Task.WhenAll(watchers.Select(watcher => watcher.Began)).WaitAsync(Patience, done);
            sent = await PushUntilKilled(node, sent, batches: dice.Next(2, 25));
        }
        await using var last = await NodeProcess.StartAt(folder.Path, at, ["--consortium", Repository.RealStream]);
        // The last batch may be there, acknowledged or not.
        var result = await Push(last, upTo: sent + BatchSightings);
        result.Duplicates.ShouldBeGreaterThanOrEqualTo(sent, "everything acknowledged was there");
        sent += BatchSightings;
        // Behind everything, hidden things included: whoever has heard of it has heard of all.
        await Push(last, upTo: sent + 2);
        foreach (var watcher in watchers)
        {
            var expected = Enumerable.Range(0, sent + 2).Where(number => watcher.Partner == Owner || !IsHidden(number))
                .GroupBy(Value).ToDictionary(group => group.Key, group => group.Count());
            await Eventually.Holds(
                () => Task.FromResult(expected.All(each => watcher.Told.GetValueOrDefault(each.Key) == (ulong)each.Value)),
                $"{watcher.Partner} hears of everything", Patience);
            watcher.Told.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
            watcher.OutOfOrder.ShouldBe(0);
        }
        output.WriteLine($"{sent} values, {watchers.Count} watchers, {runs} kills, {watchers.Sum(watcher => watcher.Messages)} messages");
        watching.ShouldAllBe(each => !each.IsCompleted);
    }

    private async Task<int> PushUntilKilled(NodeProcess node, int sent, int batches)
    {
        using var grid = node.Connect();
        using var call = new SightingService.SightingServiceClient(grid.Invoker).Push(
            new Metadata { { "authorization", "Bearer " + node.TokenOf(Owner) } });
        for (var batch = 0; batch < batches; batch++)
        {
            // Only what is acknowledged counts as sent: the next round goes on there.
            await call.RequestStream.WriteAsync(Batch(sent, sent + BatchSightings));
            if (batch == batches - 1) break;
            (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
            sent += BatchSightings;
        }
        await node.Kill();
        return sent;
    }

    private async Task<PushResult> Push(NodeProcess node, int upTo)
    {
        using var grid = node.Connect();
        var result = await new PushClient(grid.Invoker, node.TokenOf(Owner), new(), TimeProvider.System).PushAsync(
            Enumerable.Range(0, upTo).Select(number => new NumberedSighting(number + 1, Make(number))).ToAsyncEnumerable(),
            observer: null, CancellationToken.None);
        result.Failure.ShouldBeNull();
        return result;
    }

    private SightingBatch Batch(int from, int upTo) => new() { Sightings = { Enumerable.Range(from, upTo - from).Select(Make) } };

    private Sighting Make(int number)
    {
        Span<byte> id = stackalloc byte[16];
        BitConverter.TryWriteBytes(id, number + 1);
        return new()
        {
            Id = new Guid(id).ToString(),
            Observables = { new Observable { Type = "domain-name", Value = Value(number) } },
            FirstSeen = _day,
            LastSeen = _day,
            Count = 1,
            Kind = Kind.Positive,
            Marking = new() { Tlp = IsHidden(number) ? Tlp.Red : Tlp.Clear, Pap = Pap.Clear },
        };
    }

    private static bool IsHidden(int number) => number % 3 == 0;

    // Two sightings of each, three apart and so hidden alike: the second changes what the first showed.
    private static string Value(int number) => $"v{number / 6}-{number % 3}.watch.example";

    private static int Number(string variable, int usual) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? $"{usual}", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Watcher(string partner)
    {
        private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private (string Cursor, DateTimeOffset At) _last;

        public string Partner => partner;

        public Task Began => _began.Task;

        /// <summary>By value the count that was told last.</summary>
        public ConcurrentDictionary<string, ulong> Told { get; } = new(StringComparer.Ordinal);

        public int Messages { get; private set; }

        public int OutOfOrder { get; private set; }

        public async Task Watch(NodeProcess node, CancellationToken cancellation)
        {
            using var grid = node.Connect();
            var client = new WatchClient(grid.Invoker, node.TokenOf(partner), TimeProvider.System);
            await foreach (var message in client.WatchAsync(new(), cancellation))
            {
                _began.TrySetResult();
                Messages++;
                if (message.Indicator is not { } indicator)
                {
                    _last = (message.Cursor, DateTimeOffset.MinValue);
                    continue;
                }
                var isNew = !Told.ContainsKey(indicator.Observable.Value);
                Told[indicator.Observable.Value] = indicator.ByKind.Aggregate(0UL, (sum, tally) => sum + tally.Count);
                var told = message.At.ToDateTimeOffset();
                // Within what is told together, the last of which moves the cursor; after a break it is told again.
                if (told < _last.At && isNew) OutOfOrder++;
                _last = message.Cursor == _last.Cursor ? (message.Cursor, told) : (message.Cursor, DateTimeOffset.MinValue);
            }
        }
    }
}
