namespace CrossBorderSoc.Tests.Bench.Bursts;

/// <summary>A burst that is put into a subject: so many, spread at random over so many hours from a random one on.</summary>
/// <param name="Size">How many.</param>
/// <param name="Hours">Over how many hours.</param>
internal readonly record struct Injection(int Size, int Hours)
{
    /// <summary>Every size with every length.</summary>
    public static IEnumerable<Injection> All =>
        from size in (int[])[10, 20, 40, 80, 160] from hours in (int[])[1, 3, 6] select new Injection(size, hours);

    /// <summary>One trial: a subject with the burst, judged hour by hour.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="from">The first hour that is judged, and in which the burst may begin.</param>
    /// <param name="until">The hour before which it has ended.</param>
    /// <param name="random">Chooses.</param>
    public Trial Try(HourlySubject subject, long from, long until, Random random)
    {
        var start = random.NextInt64(from, until - Hours + 1);
        var more = new SortedDictionary<long, long>();
        for (var i = 0; i < Size; i++)
        {
            var hour = start + random.Next(Hours);
            more[hour] = more.GetValueOrDefault(hour) + 1;
        }
        var (delay, falseRuns, last) = ((long?)null, 0, long.MinValue);
        foreach (var (since, alarm) in subject.With(more).Alarms(from))
        {
            if (alarm >= start && alarm < start + Hours) delay ??= alarm - start;
            else if (since != last && (alarm < start || since >= start + Hours)) falseRuns++;
            last = since;
        }
        return new(delay, falseRuns);
    }
}

/// <summary>What became of a trial.</summary>
/// <param name="Delay">After how many hours the burst was found; null: not found while it went on.</param>
/// <param name="FalseRuns">How many runs of hours were called unusual besides.</param>
internal readonly record struct Trial(long? Delay, int FalseRuns);
