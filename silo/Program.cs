using CrossBorderSoc.Silo.Hosting;

return await NodeCommand.Run(args);
