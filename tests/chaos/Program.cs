using CrossBorderSoc.Tests.Chaos.Runs;

return await ChaosCommand.Run(args);
