using CrossBorderSoc.Tests.Bench.Commands;

return await BenchCommand.Run(args);
