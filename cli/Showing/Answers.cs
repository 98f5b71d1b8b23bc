using CrossBorderSoc.Cli.Running;
using Google.Protobuf;

namespace CrossBorderSoc.Cli.Showing;

/// <summary>Prints an answer of the grid: as protobuf's JSON on one line, or as a page.</summary>
internal static class Answers
{
    public static int Print<T>(CliHost host, bool json, T answer, Action<T> page)
        where T : IMessage
    {
        if (json) host.Out.WriteLine(JsonFormatter.Default.Format(answer));
        else page(answer);
        return ExitCode.Done;
    }
}
