using System.Diagnostics;
using System.Globalization;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Bench.Load;

/// <summary>When marked sightings were acknowledged, and when watches told of each.</summary>
internal sealed class WatchTimes(int marks)
{
    private const string Suffix = ".mark.example";

    private readonly long[] _acknowledged = new long[marks];
    private readonly List<(int Mark, long At)> _told = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _wanted = long.MaxValue;

    /// <summary>The value of a mark.</summary>
    public static string ValueOf(int mark) => string.Create(CultureInfo.InvariantCulture, $"m{mark}{Suffix}");

    /// <summary>Notes that a mark was acknowledged now.</summary>
    public void Acknowledged(int mark) => Volatile.Write(ref _acknowledged[mark], Stopwatch.GetTimestamp());

    /// <summary>Notes what a watch told now.</summary>
    public void Hear(WatchResponse message)
    {
        if (message.Indicator?.Observable.Value is not { } value || !value.EndsWith(Suffix, StringComparison.Ordinal)) return;
        var now = Stopwatch.GetTimestamp();
        lock (_told)
        {
            _told.Add((int.Parse(value.AsSpan(1, value.Length - 1 - Suffix.Length), CultureInfo.InvariantCulture), now));
            if (_told.Count >= _wanted) _all.TrySetResult();
        }
    }

    /// <summary>Completes when so many watches have told of every mark.</summary>
    public Task All(int watches)
    {
        lock (_told)
        {
            _wanted = (long)watches * marks;
            if (_told.Count >= _wanted) _all.TrySetResult();
        }
        return _all.Task;
    }

    /// <summary>Milliseconds from acknowledgement to telling that this share of all does not pass. One that was told first counts as none.</summary>
    public double Percentile(double share)
    {
        lock (_told)
        {
            var sorted = _told.Select(each => Math.Max(0, Stopwatch.GetElapsedTime(_acknowledged[each.Mark], each.At).TotalMilliseconds))
                .Order().ToArray();
            return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
        }
    }
}
