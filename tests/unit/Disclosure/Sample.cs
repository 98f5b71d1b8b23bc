using System.Globalization;
using System.Security.Cryptography;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// At which random worlds a property looks: at fixed ones, the same in every run, and at drawn ones, others in every run, whose
/// seeds are always printed. <c>DISCLOSURE_SEED</c> and <c>DISCLOSURE_WORLDS</c> name them instead, so that a failure or a run is
/// repeated with one line; the number alone looks at that many of the fixed ones.
/// </summary>
internal static class Sample
{
    /// <summary>
    /// Looks at each of the worlds, on all cores; the first that fails ends the property, with the line that repeats it.
    /// </summary>
    /// <param name="output">Told of the seeds.</param>
    /// <param name="test">The test's name, for the line that repeats it.</param>
    /// <param name="first">The first of the fixed seeds.</param>
    /// <param name="worlds">How many fixed worlds.</param>
    /// <param name="drawn">How many drawn ones.</param>
    /// <param name="look">Looks at the world of a seed; throws where the property does not hold.</param>
    public static void Each(ITestOutputHelper output, string test, int first, int worlds, int drawn, Action<int> look)
    {
        foreach (var (from, count) in Ranges(first, worlds, drawn))
        {
            output.WriteLine($"seeds {from}..{from + count - 1}");
            // Written past the output, which shows of failed tests only.
            if (from != first) Console.WriteLine($"seeds {from}..{from + count - 1}; repeat with: {Repeat(from, count, test)}");
            if (FirstFailure(from, count, look) is { } failed)
                Assert.Fail(string.Join(Environment.NewLine, failed.Why.Message, Repeat(failed.Seed, 1, test), failed.Why));
        }
    }

    /// <summary>Fails with the first line in which two texts differ.</summary>
    public static void Same(string product, string model, string which)
    {
        if (product == model) return;
        var (left, right) = (product.Split('\n'), model.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line]) line++;
        Assert.Fail($"""
            {which}: line {line + 1} differs
            product: {left.ElementAtOrDefault(line) ?? "ends"}
            model:   {right.ElementAtOrDefault(line) ?? "ends"}
            """);
    }

    /// <summary>Whether the whole property runs, so that its coverage can be held to a share.</summary>
    public static bool IsWhole => Number("DISCLOSURE_WORLDS") is null;

    private static IEnumerable<(int First, int Count)> Ranges(int first, int worlds, int drawn)
    {
        var wanted = Number("DISCLOSURE_WORLDS");
        if (Number("DISCLOSURE_SEED") is { } seed) return [(seed, wanted ?? worlds + drawn)];
        if (wanted is { } few) return [(first, Math.Min(few, worlds))];
        return drawn == 0
            ? [(first, worlds)]
            : [(first, worlds), (RandomNumberGenerator.GetInt32(1_000_000_000, 2_000_000_000), drawn)];
    }

    // Threads of its own: what a property waits for may need those of the pool.
    private static (int Seed, Exception Why)? FirstFailure(int first, int count, Action<int> look)
    {
        (int Seed, Exception Why)? failed = null;
        var next = first - 1;
        var threads = Enumerable.Range(0, Math.Min(count, Environment.ProcessorCount)).Select(_ => new Thread(Look)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return failed;

        void Look()
        {
            while (failed is null && Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                try
                {
                    look(seed);
                }
                catch (Exception why)
                {
                    failed ??= (seed, why);
                }
            }
        }
    }

    private static string Repeat(int seed, int worlds, string test) =>
        $"DISCLOSURE_SEED={seed} DISCLOSURE_WORLDS={worlds} dotnet run -c Release --project tests/unit -- -method \"*{test}\"";

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
