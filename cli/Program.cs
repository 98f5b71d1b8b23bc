using CrossBorderSoc.Cli.Running;

return await Socgrid.RunAsync(args, CliHost.OfProcess());
