using Spectre.Console;

namespace CrossBorderSoc.Cli.Running;

/// <summary>What surrounds the program, so that a test can be its surroundings.</summary>
/// <param name="Out">Where answers go.</param>
/// <param name="Error">Where errors go.</param>
/// <param name="OutConsole">The same as <paramref name="Out"/>, for pages.</param>
/// <param name="ErrorConsole">The same as <paramref name="Error"/>, for progress.</param>
/// <param name="OpenInput">Opens the standard input.</param>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Time">The clock of rates and pauses.</param>
/// <param name="NewGuid">Makes identifiers.</param>
public sealed record CliHost(
    TextWriter Out,
    TextWriter Error,
    IAnsiConsole OutConsole,
    IAnsiConsole ErrorConsole,
    Func<Stream> OpenInput,
    Func<string, string?> Variable,
    TimeProvider Time,
    Func<Guid> NewGuid)
{
    // Lines of a file or a pipe are for programs: they are not broken.
    private const int PlainWidth = 100_000;

    /// <summary>This process.</summary>
    public static CliHost OfProcess() => new(
        Console.Out,
        Console.Error,
        ConsoleFor(Console.Out, Console.IsOutputRedirected),
        ConsoleFor(Console.Error, Console.IsErrorRedirected),
        Console.OpenStandardInput,
        Environment.GetEnvironmentVariable,
        TimeProvider.System,
        () => Guid.CreateVersion7());

    private static IAnsiConsole ConsoleFor(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = PlainWidth;
        return console;
    }
}
