using System.CommandLine;
using CrossBorderSoc.Client.Access;

namespace CrossBorderSoc.Cli.Running;

/// <summary>The options of every command that asks the grid: where it is, and who asks.</summary>
internal sealed class GridOptions
{
    private readonly Option<string> grid;
    private readonly Option<string> data;
    private readonly Option<string?> tokenFile = new("--token-file")
    {
        Description = "Take the token from this file instead of the data folder.",
        HelpName = "FILE",
    };

    public GridOptions(CliHost host)
    {
        grid = new("--grid")
        {
            Description = "The grid's gRPC address (or SOCGRID_URL). Plain http on loopback only.",
            HelpName = "URL",
            DefaultValueFactory = _ => host.Variable("SOCGRID_URL") ?? "http://127.0.0.1:5081",
        };
        data = new("--data")
        {
            Description = "The grid's data folder with dev/tokens/ORG.jwt in it (or SOCGRID_DATA).",
            HelpName = "DIR",
            DefaultValueFactory = _ => host.Variable("SOCGRID_DATA") ?? "./data",
        };
    }

    /// <summary>Who asks.</summary>
    public Option<string?> As { get; } = new("--as")
    {
        Description = "The organisation that you act for, such as csirt.be.",
        HelpName = "ORG",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(As);
        command.Add(grid);
        command.Add(data);
        command.Add(tokenFile);
    }

    /// <summary>Refuses a command line that does not say who asks.</summary>
    public void RequireCaller(Command command) => command.Validators.Add(result =>
    {
        if (result.GetValue(As) is null && result.GetResult(tokenFile) is null)
            result.AddError("Say who asks: --as ORG (or --token-file FILE).");
    });

    public bool HasTokenFile(ParseResult parse) => parse.GetValue(tokenFile) is not null;

    /// <summary>The connection that the options name.</summary>
    public GridConnection Connect(ParseResult parse) => GridConnection.To(parse.GetValue(grid)!);

    /// <summary>The data folder's tokens.</summary>
    public TokenFiles Tokens(ParseResult parse) => new(parse.GetValue(data)!);

    /// <summary>The caller's token.</summary>
    public string Token(ParseResult parse) =>
        parse.GetValue(tokenFile) is { } file ? TokenFiles.ReadFile(file) : Tokens(parse).Read(parse.GetValue(As)!);
}
