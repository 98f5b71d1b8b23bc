using System.Diagnostics;
using Shouldly;

namespace CrossBorderSoc.Tests.Unit;

/// <summary>The one place where tests poll: waits for a condition, not for time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the condition holds; fails with what was expected when it never does.</summary>
    public static Task Holds(Func<bool> condition, string expected) => Holds(() => Task.FromResult(condition()), expected);

    /// <summary>The same, of a condition that has to be asked for.</summary>
    public static async Task Holds(Func<Task<bool>> condition, string expected)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Period);
        while (!await condition())
        {
            watch.Elapsed.ShouldBeLessThan(Patience, $"never happened: {expected}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Watches for a moment that a condition which holds goes on holding.</summary>
    public static async Task StaysSo(Func<bool> condition, string expected)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Period);
        while (watch.Elapsed < Watch)
        {
            condition().ShouldBeTrue($"did not last: {expected}");
            await timer.WaitForNextTickAsync();
        }
    }
}
