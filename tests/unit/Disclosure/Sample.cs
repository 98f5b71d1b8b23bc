using System.Globalization;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// How many random worlds a property looks at and from which seed on: <c>DISCLOSURE_SEED</c> and
/// <c>DISCLOSURE_WORLDS</c>
/// override both, so that a failure is repeated with one line.
/// </summary>
internal static class Sample
{
    /// <summary>
    /// Looks at each of the worlds, on all cores; the first that fails ends the property, with the line that repeats
    /// it.
    /// </summary>
    public static void Each(ITestOutputHelper output, string test, int first, int worlds, Action<int> look)
    {
        (first, worlds) = (Number("DISCLOSURE_SEED") ?? first, Math.Min(Number("DISCLOSURE_WORLDS") ?? worlds, worlds));
        output.WriteLine($"seeds {first}..{first + worlds - 1}");
        (int Seed, Exception Why)? failed = null;
        Parallel.For(first, first + worlds, (seed, loop) =>
        {
            try
            {
                look(seed);
            }
            catch (Exception why)
            {
                failed ??= (seed, why);
                loop.Stop();
            }
        });
        if (failed is { } one)
            Assert.Fail(string.Join(Environment.NewLine, one.Why.Message, Repeat(one.Seed, test), one.Why));
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

    private static string Repeat(int seed, string test) =>
        $"DISCLOSURE_SEED={seed} DISCLOSURE_WORLDS=1 dotnet run --project tests/unit -- -method \"*{test}\"";

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
