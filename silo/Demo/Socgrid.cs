using CrossBorderSoc.Gateway;

namespace CrossBorderSoc.Silo.Demo;

/// <summary>How <c>socgrid</c> is called for this node from the directory that the node was started in.</summary>
/// <param name="Program">The program.</param>
/// <param name="Options">What must stand behind each command, with a blank before it; empty where the defaults do.</param>
internal sealed record Socgrid(string Program, string Options)
{
    private const string Script = "socgrid";

    /// <summary>For a node that listens and keeps its data there.</summary>
    public static Socgrid Of(string grpc, string data) => new(
        File.Exists(Script) ? "./" + Script : Find() is { } found ? Quoted(found) : Script,
        (grpc == new GatewayOptions().Grpc ? "" : " --grid " + grpc)
            + (data == Path.GetFullPath("./data") ? "" : " --data " + Quoted(data)));

    // The script lies in the root of the repository that this program was built in.
    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, Script) is var script && File.Exists(script)) return script;
        return null;
    }

    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal))
            ? path
            : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
