using CrossBorderSoc.Tests.Bench.Machine;
using CrossBorderSoc.Tests.Bench.Reporting;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Stages;

/// <summary>What every stage of a run needs.</summary>
/// <param name="Directory">Its own directory, removed at the end.</param>
/// <param name="Rounds">How many rounds; figures are medians of them.</param>
/// <param name="Duration">How long a round pushes.</param>
/// <param name="IsSmoke">Whether only to show that everything works: no warming up, small amounts.</param>
/// <param name="Data">Consortium and real stream.</param>
/// <param name="Report">Where figures go.</param>
internal sealed record Run(
    string Directory, int Rounds, TimeSpan Duration, bool IsSmoke, BenchData Data, Report Report)
{
    /// <summary>The directory of a server's data.</summary>
    public string DataOf(string server) => Path.Combine(Directory, server);

    /// <summary>Reports where and with what the run is made.</summary>
    public void Introduce()
    {
        var facts = MachineFacts.Read(Directory);
        Report.Fact("machine", $"{facts.Cpu}, {facts.Cores} cores, {facts.MemoryGib} GiB, {facts.Kernel}");
        Report.Fact("versions", $".NET {facts.Dotnet}, Orleans {facts.Orleans}, RocksDB {facts.RocksDb}");
        Report.Fact("disk", FormattableString.Invariant(
            $"{facts.FileSystem}, sync of 4 KiB {facts.SyncMedianMicroseconds:f0} µs (p99 {facts.SyncP99Microseconds:f0})"));
        Report.Fact("commit", $"{facts.Commit}, {facts.Date}");
        if (facts.FileSystem is "tmpfs" or "ramfs" && !IsSmoke)
            Report.Fault($"{Directory} is in memory: nothing is durable there. Give a directory on a disk with --data.");
    }
}
