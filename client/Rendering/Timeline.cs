using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>When core observables were core, as lines of marks on one scale, so that they can be compared by eye.</summary>
/// <param name="FirstHour">Hour of the first mark, in hours since 1970.</param>
/// <param name="LastHour">Last hour, inclusive.</param>
/// <param name="HoursPerMark">Hours that one mark stands for; more than one where the line would not fit.</param>
internal sealed record Timeline(long FirstHour, long LastHour, long HoursPerMark)
{
    private int Marks => (int)((LastHour - FirstHour) / HoursPerMark) + 1;

    /// <summary>The scale on which all of them fit; null without any valid time.</summary>
    public static Timeline? Over(int marksMax, IEnumerable<CoreObservable> core)
    {
        var hours = core.SelectMany(node => (Timestamp?[])[node.CoreSince, node.LastSeen])
            .Where(Instants.IsValid).Select(time => Hour(time!)).ToList();
        if (hours.Count == 0) return null;
        var (first, last) = (hours.Min(), hours.Max());
        return new(first, last, ((last - first) / marksMax) + 1);
    }

    /// <summary>The line of one: marked from the hour since which it is core to the one in which it was last seen.</summary>
    public string Draw(CoreObservable node, bool unicode)
    {
        var (on, off) = unicode ? ('█', '·') : ('#', '.');
        if (!Instants.IsValid(node.CoreSince)) return new(off, Marks);
        var from = Mark(node.CoreSince);
        var to = Instants.IsValid(node.LastSeen) ? Math.Max(from, Mark(node.LastSeen)) : from;
        return new string(off, from) + new string(on, to - from + 1) + new string(off, Marks - to - 1);
    }

    /// <summary>"2026-08-01T10:00Z to 2026-08-04T12:00Z, a mark is 3 hours".</summary>
    public string Legend() => $"{Text(FirstHour)} to {Text(LastHour)}, a mark is {(HoursPerMark == 1 ? "an hour" : $"{HoursPerMark} hours")}";

    private int Mark(Timestamp time) => (int)((Hour(time) - FirstHour) / HoursPerMark);

    private static long Hour(Timestamp time) => time.Seconds / 3600;

    private static string Text(long hour) => Instants.Text(new Timestamp { Seconds = hour * 3600 });
}
