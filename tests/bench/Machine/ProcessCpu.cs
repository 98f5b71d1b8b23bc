using System.Globalization;

namespace CrossBorderSoc.Tests.Bench.Machine;

/// <summary>Processor time of a process, user and system, of all its threads, as the kernel counts it.</summary>
internal static class ProcessCpu
{
    // USER_HZ: 100 on every Linux that .NET runs on.
    private const int TicksPerSecond = 100;

    public static TimeSpan Of(int process)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        // The second field is the command in brackets and may hold blanks; user time is the 14th field, system time the 15th.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }
}
