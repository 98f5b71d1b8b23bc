namespace CrossBorderSoc.Cli.Running;

/// <summary>How <c>socgrid</c> ends. Scripts rely on these numbers.</summary>
public static class ExitCode
{
    /// <summary>All is well; for a push: every row is on disk, duplicates included.</summary>
    public const int Done = 0;

    /// <summary>Some rows were refused; or there is nothing to show.</summary>
    public const int Partly = 1;

    /// <summary>The command line or the input file is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The grid is out of reach, refused the call, or did not accept the token.</summary>
    public const int Grid = 3;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>The same for people, in the help of each command.</summary>
    public const string Help =
        "Exit codes: 0 all done (for a push: all rows landed, duplicates included); 1 some rows refused, or nothing to "
        + "show; 2 wrong usage or input file; 3 grid unavailable or not authenticated; 130 interrupted.";
}
