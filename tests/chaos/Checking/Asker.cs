using System.Diagnostics;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.Tests.Chaos.Load;
using CrossBorderSoc.Tests.Model.Sightings;
using CrossBorderSoc.V1;
using Grpc.Core;
using Kind = CrossBorderSoc.Tests.Model.Sightings.Kind;
using Observable = CrossBorderSoc.Tests.Model.Sightings.Observable;

namespace CrossBorderSoc.Tests.Chaos.Checking;

/// <summary>An analyst who asks for the hot values again and again, and judges every answer.</summary>
internal sealed class Asker(string organisation, string token, Book book, Findings findings)
{
    private const int BetweenQuestions = 60;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly string[] Carried = ["BE", "DE", "EU"];

    // What it was shown before: nothing of it goes.
    private readonly Dictionary<Observable, Dictionary<(string Jurisdiction, Kind Kind), ulong>> _shown = [];
    private long _whole;

    /// <summary>When the newest answer was asked for that lacked no state of the grid.</summary>
    public long WholeAt => Volatile.Read(ref _whole);

    public int Answers { get; private set; }

    public async Task Run(int run, Random dice, CancellationToken stop)
    {
        using var grid = GridConnection.To(Grid.Gateway);
        var views = new GridViews(grid.Invoker, token);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Ask(views, Drawn.Hot(run, dice.Next(Drawn.HotValues)), stop);
                await Pause.For(BetweenQuestions, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Enough.
        }
    }

    /// <summary>Asks once, and judges; null: not found or no answer.</summary>
    public async Task<GetIndicatorResponse?> Ask(GridViews views, Observable value, CancellationToken stop)
    {
        var least = LeastOf(value);
        var askedAt = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(AnswerWithin);
        GetIndicatorResponse? answer = null;
        try
        {
            answer = await views.IndicatorAsync(Drawn.ToWire(value), patience.Token);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.NotFound)
        {
            // Absence is an answer: everything that is there and may be seen would have to be missing.
        }
        catch (RpcException failed)
        {
            stop.ThrowIfCancellationRequested();
            findings.Answered("view", failed.StatusCode);
            return null;
        }
        Answers++;
        foreach (var wrong in Bounds.Judge(organisation, value, least, answer, book)) findings.Wrong(wrong);
        if (answer is null) return null;
        if (!Carried.Any(answer.UnavailableJurisdictions.Contains)) Volatile.Write(ref _whole, askedAt);
        Remember(value, answer);
        return answer;
    }

    private Dictionary<(string Jurisdiction, Kind Kind), ulong> LeastOf(Observable value)
    {
        var least = new Dictionary<(string Jurisdiction, Kind Kind), ulong>(_shown.GetValueOrDefault(value) ?? []);
        var home = book.JurisdictionOf(organisation);
        foreach (var (key, sum) in book.Sums(value, organisation, acknowledged: true))
            if (key.Jurisdiction == home) least[key] = Math.Max(sum, least.GetValueOrDefault(key));
        return least;
    }

    private void Remember(Observable value, GetIndicatorResponse answer)
    {
        if (!_shown.TryGetValue(value, out var shown)) _shown[value] = shown = [];
        foreach (var (key, count) in Bounds.Of(answer.Indicator)) shown[key] = Math.Max(count, shown.GetValueOrDefault(key));
    }
}
