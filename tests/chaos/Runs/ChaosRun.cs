using System.Diagnostics;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Tests.Chaos.Checking;
using CrossBorderSoc.Tests.Chaos.Harm;
using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.Tests.Chaos.Load;
using CrossBorderSoc.Tests.Chaos.Schedules;

namespace CrossBorderSoc.Tests.Chaos.Runs;

/// <summary>One run: load, faults, recovery, then every view against the model.</summary>
internal sealed class ChaosRun(Grid grid, Book book, IReadOnlyList<Watcher> watchers, int seed)
{
    private const int LookEvery = 50;
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(150);

    public async Task<RunResult> Run(int run, IReadOnlyList<Fault> faults)
    {
        var findings = new Findings();
        foreach (var watcher in watchers) watcher.Findings = findings;
        var tokens = new TokenFiles(grid.HubData);
        var known = book.Values.ToHashSet();
        var producers = Producer.Owners.Select((owner, place) => new Producer(
            owner, tokens.Read(owner), new Drawn(run, owner, place, Schedule.Dice(seed, run, 10 + place)),
            Schedule.Dice(seed, run, 20 + place), book, findings)).ToList();
        var askers = Book.Askers.Select(asker => new Asker(asker, tokens.Read(asker), book, findings)).ToList();
        var ended = grid.All.Sum(server => server.EndedByItself);
        using var stop = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        var load = producers.Select(each => each.Run(stop.Token, giveUp.Token))
            .Concat(askers.Select((each, place) => each.Run(run, Schedule.Dice(seed, run, 30 + place), stop.Token))).ToList();
        var recovery = TimeSpan.Zero;
        string? failure = null;
        try
        {
            await FaultRunner.Run(grid, faults, CancellationToken.None);
            recovery = await Back(producers, askers, load);
            await stop.CancelAsync();
            giveUp.CancelAfter(BackWithin);
            await Task.WhenAll(load);
            foreach (var producer in producers) await producer.SendAgain(giveUp.Token);
            await new FinalCheck(book, tokens.Read, findings).Run([.. book.Values.Where(value => !known.Contains(value))], watchers);
        }
        catch (Exception e)
        {
            failure = e.ToString();
            await stop.CancelAsync();
            await giveUp.CancelAsync();
            await Task.WhenAll(load).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return new(run, faults, findings)
        {
            Acknowledged = producers.Sum(each => each.Acknowledged),
            Again = producers.Sum(each => each.Again),
            Answers = askers.Sum(each => each.Answers),
            Recovery = recovery,
            Silence = producers.Max(each => each.LongestSilence),
            EndedByThemselves = grid.All.Sum(server => server.EndedByItself) - ended,
            Failure = failure,
        };
    }

    // What is acknowledged and answered was begun after the last fault had ended.
    private static async Task<TimeSpan> Back(List<Producer> producers, List<Asker> askers, List<Task> load)
    {
        var over = Stopwatch.GetTimestamp();
        while (!producers.TrueForAll(each => each.SentAt > over) || !askers.TrueForAll(each => each.WholeAt > over))
        {
            foreach (var ended in load.Where(each => each.IsCompleted)) await ended;
            if (Stopwatch.GetElapsedTime(over) > BackWithin)
            {
                var silent = producers.Zip(Producer.Owners).Where(each => each.First.SentAt <= over).Select(each => each.Second + " cannot push")
                    .Concat(askers.Zip(Book.Askers).Where(each => each.First.WholeAt <= over).Select(each => each.Second + " cannot ask"));
                throw new TimeoutException("The grid is not back: " + string.Join(", ", silent));
            }
            await Pause.For(LookEvery);
        }
        return Stopwatch.GetElapsedTime(over);
    }
}
