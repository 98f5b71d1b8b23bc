using System.Globalization;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>One line asked, one line answered, on standard input and output. The end of the input ends the server.</summary>
internal static class ControlLoop
{
    /// <summary>What a server says once it takes calls.</summary>
    public const string Ready = "ready";

    /// <summary>Stands before what is said here; what a server logs has no such mark.</summary>
    public const string Mark = "bench> ";

    public static async Task Run(IServed served)
    {
        Console.Out.WriteLine(Mark + Ready);
        while (await Task.Run(Console.In.ReadLine) is { } line)
        {
            var (verb, arguments) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");
            Console.Out.WriteLine(Mark + verb switch
            {
                "pending" => served.PendingRecords.ToString(CultureInfo.InvariantCulture),
                "pauses" => GC.GetTotalPauseDuration().TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
                "memory" => await served.MeasureMemory(arguments),
                _ => throw new InvalidOperationException($"BUG: asked for {verb}."),
            });
        }
    }
}
