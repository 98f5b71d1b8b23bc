using System.Diagnostics;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>The files of the repository: all that git tracks or would take up.</summary>
internal static class Repository
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".sln", ".proto", ".md", ".json", ".yaml", ".yml", ".sh", ".py", ".txt",
        ".editorconfig", ".gitignore", ".gitattributes", ".npmrc", ".patch", ".c", "LICENSE", ".ci/run", "socgrid"];

    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file, relative to the root, with forward slashes. Skips the test outside a git clone.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    /// <summary>The C# sources.</summary>
    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", Ordinal));

    /// <summary>Everything that people write, data aside.</summary>
    public static IEnumerable<string> Texts => Files.Where(file => TextEndings.Any(file.EndsWith) && !IsData(file));

    /// <summary>Whether a file is data, or a text or list that others made.</summary>
    public static bool IsData(string file) =>
        file.StartsWith("tests/data/", Ordinal) && !file.EndsWith(".md", Ordinal)
        || file.StartsWith("silo/Demo/consortium/", Ordinal)
        || file.EndsWith("lock.json", Ordinal);

    /// <summary>The content of a file.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "CrossBorderSoc.Orleans.sln")))
            at = at.Parent ?? throw new DirectoryNotFoundException("the solution is not above the test's folder");
        return at.FullName;
    }

    private static List<string> List()
    {
        if (!Path.Exists(Path.Combine(Root, ".git"))) Assert.Skip("not a git clone: there is no list of files");
        string[] words = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"];
        using var git = Process.Start(new ProcessStartInfo("git", words)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(Root, file))).Distinct().Order(StringComparer.Ordinal)];
    }
}
