using CrossBorderSoc.Tests.Bench.Driving;
using CrossBorderSoc.Tests.Bench.Load;
using CrossBorderSoc.Tests.Bench.Serving;
using CrossBorderSoc.Tests.Bench.Traffic;

if (args[0] == "serve") return await ServeCommand.Build().Parse(args[1..]).InvokeAsync();
var data = BenchData.Find();
var owners = data.Organisations.Take(132).ToList();
var hot = SyntheticStreams.Hot(owners, TimeProvider.System.GetUtcNow());
foreach (var mode in args[0].Split(","))
{
    await using var server = await ServerProcess.Start(mode, "/tmp/benchtest");
    for (var i = 0; i < 4; i++)
    {
        var r = await PushLoad.Run(server.Address, server.Id, hot, o => mode == "echo" ? null : File.ReadAllText($"/tmp/benchtest/{mode}/dev/tokens/{o}.jwt"), TimeSpan.FromSeconds(4), new());
        Console.WriteLine($"{mode} {r.Rate:n0}/s server {r.ServerMicroseconds:n2} client {r.ClientMicroseconds:n2}");
    }
    await server.Stop();
}
return 0;
