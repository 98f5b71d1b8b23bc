using System.Collections.Concurrent;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Client.Watching;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// SIGKILL at random moments while an owner pushes and partners watch, some of them back from the kill before, some not: every change of
/// an acknowledged sighting is told to whoever may see it, in order, and nothing to whoever may not. Rounds:
/// <c>SOCGRID_WATCH_KILL_RUNS</c> (5 by default), watchers of each of three partners: <c>SOCGRID_WATCHERS</c> (3).
/// </summary>
public sealed class WatchKillTests(ITestOutputHelper output)
{
    private const string Owner = "nsoc.be";
    private const int BatchSightings = 20;

    // A node that lives for seconds only cannot tell a hundred watchers of everything: now and then they are let to catch up.
    private const int CaughtUpEvery = 10;
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
            var heard = watchers.ConvertAll(watcher => watcher.Messages);
            await using var node = await NodeProcess.StartAt(folder.Path, at, ["--consortium", Repository.RealStream]);
            if (run == 0) watching = watchers.ConvertAll(watcher => watcher.Watch(node, done));
            if (run % CaughtUpEvery == CaughtUpEvery - 1) await AllHearOf(sent, watchers, watching);
            var back = run == 0 ? watchers.Count : dice.Next(1, watchers.Count);
            await Eventually.Holds(
                () => Task.FromResult(AllWatch(watching) && watchers.Zip(heard).Count(each => each.First.Messages > each.Second) >= back),
                $"{back} watchers are back", Patience);
            sent = await PushUntilKilled(node, sent, batches: dice.Next(2, 25));
        }
        await using var last = await NodeProcess.StartAt(folder.Path, at, ["--consortium", Repository.RealStream]);
        // The last batch may be there, acknowledged or not.
        var result = await Push(last, upTo: sent + BatchSightings);
        result.Duplicates.ShouldBeGreaterThanOrEqualTo(sent, "everything acknowledged was there");
        sent += BatchSightings;
        // Behind everything, hidden things included: whoever has heard of it has heard of all.
        await Push(last, upTo: sent + 2);
        await AllHearOf(sent + 2, watchers, watching);
        foreach (var watcher in watchers)
        {
            watcher.Told.OrderBy(told => told.Key, StringComparer.Ordinal)
                .ShouldBe(Expected(sent + 2, watcher).OrderBy(expected => expected.Key, StringComparer.Ordinal));
            watcher.OutOfOrder.ShouldBe(0);
        }
        output.WriteLine($"{sent} values, {watchers.Count} watchers, {runs} kills, {watchers.Sum(watcher => watcher.Changes)} changes told, " +
            $"{watchers.Sum(watcher => watcher.Lists)} times a list in their place, {watchers.Sum(watcher => watcher.Resumed)} given up and resumed");
    }

    // As long as changes come: many watchers have much to hear.
    private static async Task AllHearOf(int sent, List<Watcher> watchers, List<Task> watching)
    {
        foreach (var watcher in watchers)
        {
            var expected = Expected(sent, watcher);
            while (Lacking().Any())
            {
                var changes = watcher.Changes;
                await Eventually.Holds(
                    () => Task.FromResult(AllWatch(watching) && (watcher.Changes > changes || !Lacking().Any())),
                    $"{watcher.Partner} hears of {Lacking().Count()} values, the first of them {Lacking().FirstOrDefault()}", Patience);
            }

            // What was not acknowledged may have been told, too.
            IEnumerable<string> Lacking() =>
                expected.Where(each => watcher.Told.GetValueOrDefault(each.Key) < each.Value).Select(each => each.Key);
        }
    }

    private static Dictionary<string, ulong> Expected(int sent, Watcher watcher) =>
        Enumerable.Range(0, sent).Where(number => watcher.Partner == Owner || !IsHidden(number))
            .GroupBy(Value).ToDictionary(group => group.Key, group => (ulong)group.Count());

    // Tells at once why one does not.
    private static bool AllWatch(List<Task> watching)
    {
        foreach (var ended in watching.Where(each => each.IsCompleted)) ended.GetAwaiter().GetResult();
        return watching.TrueForAll(each => !each.IsCompleted);
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
        private (string Cursor, DateTimeOffset At) _last;

        public string Partner => partner;

        /// <summary>By value the count that was told last.</summary>
        public ConcurrentDictionary<string, ulong> Told { get; } = new(StringComparer.Ordinal);

        /// <summary>Signs of life included.</summary>
        public int Messages { get; private set; }

        public int Changes { get; private set; }

        /// <summary>How often there was too much to tell one by one.</summary>
        public int Lists { get; private set; }

        public int OutOfOrder { get; private set; }

        /// <summary>How often its client gave up, as one does that hears nothing for a minute, and began again at its cursor.</summary>
        public int Resumed { get; private set; }

        public async Task Watch(NodeProcess node, CancellationToken cancellation)
        {
            using var grid = node.Connect();
            var (client, views) = (new WatchClient(grid.Invoker, node.TokenOf(partner), TimeProvider.System),
                new GridViews(grid.Invoker, node.TokenOf(partner)));
            while (true)
            {
                try
                {
                    await foreach (var message in client.WatchAsync(new() { Cursor = _last.Cursor ?? "" }, cancellation))
                        await Hear(message, views, cancellation);
                }
                catch (RpcException away) when (away.StatusCode == StatusCode.Unavailable)
                {
                    Resumed++;
                }
            }
        }

        private async Task Hear(WatchResponse message, GridViews views, CancellationToken cancellation)
        {
            Messages++;
            if (message.ListAgain is not null) await List(views, cancellation);
            var told = (message.Cursor, At: message.At?.ToDateTimeOffset() ?? _last.At);
            if (message.Indicator is { } indicator)
            {
                Changes++;
                // Within what is told together, the last of which moves the cursor; after a break it is told again.
                if (told.At < _last.At && !Told.ContainsKey(indicator.Observable.Value)) OutOfOrder++;
                Take(indicator);
            }
            _last = told.Cursor == _last.Cursor ? told : (told.Cursor, DateTimeOffset.MinValue);
        }

        // The node may go meanwhile: the list is asked for until it has come.
        private async Task List(GridViews views, CancellationToken cancellation)
        {
            Lists++;
            await Eventually.Holds(async () =>
            {
                try
                {
                    foreach (var entry in (await views.IndicatorsAsync(new(), limit: int.MaxValue, cancellation)).Indicators) Take(entry);
                    return true;
                }
                catch (RpcException)
                {
                    return false;
                }
            }, "a list comes", Patience);
        }

        private void Take(IndicatorSummary indicator) =>
            Told[indicator.Observable.Value] = indicator.ByKind.Aggregate(0UL, (sum, tally) => sum + tally.Count);
    }
}
