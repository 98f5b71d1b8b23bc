using System.Collections.Concurrent;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Client.Watching;
using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.Tests.Chaos.Load;
using CrossBorderSoc.V1;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Chaos.Checking;

/// <summary>A partner that watches over all runs, goes on at its cursor after every break, and judges every change.</summary>
internal sealed class Watcher(string organisation, string token, Book book)
{
    private const int BetweenTries = 200;
    private string _cursor = "";

    public string Organisation => organisation;

    /// <summary>By value the sum of counts that was told last.</summary>
    public ConcurrentDictionary<string, ulong> Told { get; } = new(StringComparer.Ordinal);

    public int Changes { get; private set; }

    /// <summary>How often there was too much to tell one by one.</summary>
    public int Lists { get; private set; }

    /// <summary>Of the run under way.</summary>
    public Findings Findings { get; set; } = new();

    public bool HasBegun => _cursor.Length > 0;

    public async Task Run(CancellationToken done)
    {
        using var grid = GridConnection.To(Grid.Gateway);
        var (client, views) = (new WatchClient(grid.Invoker, token, TimeProvider.System), new GridViews(grid.Invoker, token));
        while (!done.IsCancellationRequested)
        {
            try
            {
                await foreach (var message in client.WatchAsync(new() { Cursor = _cursor }, done)) await Hear(message, views, done);
            }
            catch (RpcException away)
            {
                Findings.Answered("watch", away.StatusCode);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Pause.For(BetweenTries, CancellationToken.None);
        }
    }

    private async Task Hear(WatchResponse message, GridViews views, CancellationToken done)
    {
        if (message.ListAgain is not null)
        {
            Lists++;
            // A list that fails ends the watch, which is told the same again: the cursor has not moved yet.
            foreach (var entry in (await views.IndicatorsAsync(new(), limit: int.MaxValue, done)).Indicators) Take(entry);
        }
        if (message.Indicator is { } told)
        {
            Changes++;
            Take(told);
        }
        if (message.Gone is { } gone) Findings.Wrong($"{organisation} is told that {gone.Value} is gone");
        _cursor = message.Cursor;
    }

    private void Take(IndicatorSummary told)
    {
        foreach (var wrong in Bounds.Judge(organisation, told, book)) Findings.Wrong(wrong);
        Told[told.Observable.Value] = told.ByKind.Aggregate(0UL, (sum, tally) => sum + tally.Count);
    }
}
