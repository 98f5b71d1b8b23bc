using System.Diagnostics;
using CrossBorderSoc.Client.Access;
using CrossBorderSoc.Client.Views;
using CrossBorderSoc.Tests.Chaos.Hosts;
using CrossBorderSoc.Tests.Chaos.Load;
using CrossBorderSoc.Tests.E2e;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Sightings;
using CrossBorderSoc.Tests.Model.Views;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Chaos.Checking;

/// <summary>When all is quiet and acknowledged, every view is the model's, to the letter, and every watch has told of it.</summary>
internal sealed class FinalCheck(Book book, Func<string, string> tokenOf, Findings findings)
{
    private const int AtOnce = 4;
    private const int BetweenTries = 100;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CatchUpWithin = TimeSpan.FromSeconds(60);

    /// <summary>Asks for every value as every asker, until the views are right or time is up: releases take a moment to reach the hub.</summary>
    public async Task Run(IReadOnlyList<Observable> values, IReadOnlyList<Watcher> watchers)
    {
        var started = Stopwatch.GetTimestamp();
        using var grid = GridConnection.To(Grid.Gateway);
        var questions = Book.Askers.SelectMany(asker => values.Select(value => (asker, value)));
        await Parallel.ForEachAsync(questions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (question, _) =>
            await Compare(new GridViews(grid.Invoker, tokenOf(question.asker)), question.asker, question.value, started));
        foreach (var watcher in watchers)
            foreach (var value in values) await HasHeard(watcher, value, started);
    }

    private async Task Compare(GridViews views, string asker, Observable value, long started)
    {
        var forms = FormsOf(asker, value);
        while (true)
        {
            var before = Expected(value, forms);
            var (shown, actual, failed) = await See(views, value);
            if (!failed && (actual == before || actual == Expected(value, forms))) return;
            if (!failed) ShowsTooMuch(asker, value, shown, forms);
            if (!findings.IsClean || Stopwatch.GetElapsedTime(started) > CatchUpWithin)
            {
                Judge(asker, value, shown, before, actual, forms);
                return;
            }
            await Pause.For(BetweenTries);
        }
    }

    private async Task HasHeard(Watcher watcher, Observable value, long started)
    {
        var expected = Sum(FormsOf(watcher.Organisation, value));
        while (watcher.Told.GetValueOrDefault(value.Value) != expected)
        {
            if (!findings.IsClean || Stopwatch.GetElapsedTime(started) > CatchUpWithin)
            {
                findings.Wrong($"{watcher.Organisation} was told of {watcher.Told.GetValueOrDefault(value.Value)} of {expected} of {value} at last");
                return;
            }
            await Pause.For(BetweenTries);
        }
    }

    private IReadOnlyList<Form> FormsOf(string asker, Observable value) =>
        [.. book.Of(value).Select(entry => entry.To(asker)).OfType<Form>().Where(form => form.Named.Contains(value))];

    private static string Expected(Observable value, IReadOnlyList<Form> forms) =>
        IndicatorView.ToText(IndicatorView.Of(value, forms, TimeProvider.System.GetUtcNow()));

    private static ulong Sum(IEnumerable<Form> forms) => forms.Aggregate(0UL, (sum, form) => sum + form.Count);

    private async Task<(ulong Shown, string Text, bool Failed)> See(GridViews views, Observable value)
    {
        try
        {
            using var patience = new CancellationTokenSource(AnswerWithin);
            var view = (await views.IndicatorAsync(Drawn.ToWire(value), patience.Token)).Indicator;
            return (view.ByKind.Aggregate(0UL, (sum, tally) => sum + tally.Count), WireText.Of(view), false);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return (0, Text.NotFound, false);
        }
        catch (RpcException e)
        {
            findings.Answered("view", e.StatusCode);
            return (0, $"{e.StatusCode} {e.Status.Detail}", true);
        }
    }

    private void ShowsTooMuch(string asker, Observable value, ulong shown, IReadOnlyList<Form> forms)
    {
        if (Sum(forms) is var expected && shown > expected)
            findings.Doubled((int)(shown - expected), $"{asker} is shown {shown} of {value} where {expected} were sent that it may see");
    }

    private void Judge(string asker, Observable value, ulong shown, string expected, string actual, IReadOnlyList<Form> forms)
    {
        var all = Sum(forms);
        if (shown < all) findings.Lost((int)(all - shown), $"{asker} is shown {shown} of {value} where {all} were acknowledged");
        findings.Wrong($"{asker} is shown of {value}, not as the model says:\n--- the model\n{expected}--- the grid\n{actual}");
    }
}
