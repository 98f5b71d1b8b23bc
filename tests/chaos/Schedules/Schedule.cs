using CrossBorderSoc.Tests.Chaos.Hosts;

namespace CrossBorderSoc.Tests.Chaos.Schedules;

/// <summary>The faults of one run: a function of seed and run, of nothing else.</summary>
internal static class Schedule
{
    private const int MultipleOneIn = 4;
    private const int LongStopOneIn = 8;

    // Each has its turn; what is heavy comes less often.
    private static readonly FaultKind[] Kinds =
    [
        FaultKind.Kill, FaultKind.Stop, FaultKind.Partition, FaultKind.Kill, FaultKind.FullDisk, FaultKind.Loss, FaultKind.Isolate,
        FaultKind.FailedSync, FaultKind.Delay, FaultKind.Stop, FaultKind.Kill, FaultKind.Partition, FaultKind.Rolling,
    ];

    private static readonly string[] WithDisk = [Servers.RedisBe, Servers.De];
    private static readonly string[] WithSync = [Servers.RedisBe, Servers.De, Servers.RedisHub];

    private static readonly IReadOnlyList<(string One, string Other)> Links =
    [
        .. Servers.Silos.SelectMany(one => Servers.Silos.Where(other => other != one).Select(other => (one, other))),
        .. Servers.Silos.Select(silo => (silo, Servers.RedisHub)),
        (Servers.Be0, Servers.RedisBe), (Servers.Be1, Servers.RedisBe),
    ];

    /// <summary>The dice of a run, for whatever else is drawn in it.</summary>
    public static Random Dice(int seed, int run, int use)
    {
        // Seeds that are near each other give rows that begin alike: they are spread first.
        var mixed = unchecked(((ulong)(uint)seed << 32 | (uint)run << 8 | (uint)use) * 0x9E3779B97F4A7C15);
        return new((int)((mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 >> 33));
    }

    /// <summary>The faults of a run, first by the kind whose turn it is; one run in four has several at once.</summary>
    public static IReadOnlyList<Fault> Of(int seed, int run)
    {
        var dice = Dice(seed, run, use: 0);
        // A seed begins anywhere in the round of kinds: ten runs of two seeds differ.
        var first = One(dice, Kinds[(run + new Random(seed).Next(Kinds.Length)) % Kinds.Length]);
        if (first.Kind == FaultKind.Rolling || dice.Next(MultipleOneIn) > 0) return [first];
        var several = new List<Fault> { first };
        for (var more = dice.Next(1, 4); more > 0; more--)
        {
            var next = One(dice, Kinds[dice.Next(Kinds.Length - 1)]);
            // Two of one kind on one server would undo each other's end.
            if (!several.Exists(each => each.Target == next.Target)) several.Add(next);
        }
        return several;
    }

    private static Fault One(Random dice, FaultKind kind)
    {
        var at = TimeSpan.FromMilliseconds(dice.Next(300, 1_500));
        var lasts = TimeSpan.FromMilliseconds(dice.Next(300, 4_000));
        var target = Pick(dice, Servers.All);
        switch (kind)
        {
            case FaultKind.Stop when dice.Next(LongStopOneIn) == 0:
                // Longer than the others wait for one that is silent.
                return new(kind, target, "", at, TimeSpan.FromSeconds(14), 0);
            case FaultKind.Partition:
                // Of two that speak with each other.
                var (one, other) = Links[dice.Next(Links.Count)];
                return new(kind, one, other, at, lasts, 0);
            case FaultKind.Loss:
                return new(kind, target, "", at, lasts, dice.Next(3, 30));
            case FaultKind.Delay:
                return new(kind, Pick(dice, Servers.Silos), "", at, lasts, dice.Next(20, 400));
            case FaultKind.FullDisk:
                // Long enough for more to be written than was set aside before.
                return new(kind, Pick(dice, WithDisk), "", at, lasts + TimeSpan.FromSeconds(2), 0);
            case FaultKind.FailedSync:
                return new(kind, Pick(dice, WithSync), "", at, lasts, 0);
            case FaultKind.Rolling:
                return new(kind, "silos", "", at, TimeSpan.Zero, 0);
            default:
                return new(kind, target, "", at, lasts, 0);
        }
    }

    private static string Pick(Random dice, IReadOnlyList<string> of) => of[dice.Next(of.Count)];
}
