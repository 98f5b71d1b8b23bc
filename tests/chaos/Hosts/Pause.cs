namespace CrossBorderSoc.Tests.Chaos.Hosts;

/// <summary>Time that passes: between two tries, or until a schedule says so. Nothing here waits for a condition in this way.</summary>
internal static class Pause
{
    public static async Task For(TimeSpan span, CancellationToken cancellation = default)
    {
        if (span <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(span);
        await timer.WaitForNextTickAsync(cancellation);
    }

    public static Task For(int milliseconds, CancellationToken cancellation = default) =>
        For(TimeSpan.FromMilliseconds(milliseconds), cancellation);
}
