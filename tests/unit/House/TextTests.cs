using System.Text.RegularExpressions;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>Holds every text file to the style of the house.</summary>
public sealed partial class TextTests
{
    private const int LinesMax = 250;
    private const int ColumnsMax = 150;

    // Put together here, so that this file does not contain what it looks for.
    private static readonly string[] Registries =
        ["nuget." + "org/v3", "api.nuget" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org", "pypi" + ".org",
        "proxy.golang" + ".org", "pkgs.dev.azure" + ".com"];

    private static readonly string[] Internals =
        ["/wor" + "k/", "/ro" + "ot/", "clau" + "de", "anthro" + "pic", "open" + "ai"];

    [Fact]
    public void CodeFiles_Lines_AtMost250() =>
        Repository.Texts.Where(IsCode).Select(file => (file, lines: Repository.Lines(file).Length))
            .Where(x => x.lines > LinesMax).Select(x => $"{x.file}: {x.lines} lines")
            .ShouldBeNone($"a file has at most {LinesMax} lines");

    [Fact]
    public void CodeFiles_Columns_AtMost150() =>
        EachLine(IsCode, (_, line) => line.Length > ColumnsMax)
            .ShouldBeNone($"a line has at most {ColumnsMax} columns");

    [Fact]
    public void Texts_Whitespace_NoTabsNoTrailingNoCarriageReturns() =>
        EachLine(IsOurs, (_, line) => line.Contains('\t', Ordinal) || line.EndsWith(' ') || line.EndsWith('\r'))
            .ShouldBeNone("no tab, no blank at a line's end, no carriage return");

    [Fact]
    public void Texts_End_WithOneNewLine() =>
        Repository.Texts.Where(IsOurs).Where(file => Repository.Read(file) is var text && text.Length > 0
            && (!text.EndsWith('\n') || text.EndsWith("\n\n", Ordinal)))
            .ShouldBeNone("a file ends with one new line");

    [Fact]
    public void Texts_Unfinished_NothingLeftBehind() =>
        EachLine(file => IsOurs(file) && !IsThisFolder(file), (_, line) => Unfinished().IsMatch(line))
            .ShouldBeNone("nothing is left to be done later");

    [Fact]
    public void Files_RegistryAddress_InNone() =>
        Repository.Files.Where(file => !file.EndsWith(".gz", Ordinal))
            .Where(file => Registries.Any(Repository.Read(file).Contains))
            .ShouldBeNone("no file names a package registry's address");

    [Fact]
    public void Texts_ForeignInternals_InNone() =>
        EachLine(IsOurs, (_, line) => Internals.Any(word => line.Contains(word, OrdinalIgnoreCase)))
            .ShouldBeNone("no file names a folder of one machine or a tool that made it");

    [Fact]
    public void Files_Size_AtMost5MB() =>
        Repository.Files.Where(file => new FileInfo(Path.Combine(Repository.Root, file)).Length > 5_000_000)
            .ShouldBeNone("a file has at most 5 MB");

    private static IEnumerable<string> EachLine(Func<string, bool> files, Func<string, string, bool> breaks) =>
        from file in Repository.Texts.Where(files)
        from line in Repository.Read(file).Split('\n').Select((text, index) => (text, number: index + 1))
        where breaks(file, line.text)
        select $"{file}:{line.number}";

    private static bool IsCode(string file) =>
        new[] { ".cs", ".proto", ".sh", ".py", ".c" }.Any(file.EndsWith);

    // Licences, and the notices that quote them, are others' words; solutions and patches are a tool's.
    private static bool IsOurs(string file) =>
        !file.StartsWith("eng/licences/", Ordinal) && !file.EndsWith(".sln", Ordinal)
        && !file.EndsWith(".patch", Ordinal) && file is not ("LICENSE" or "THIRD-PARTY-NOTICES.md");

    private static bool IsThisFolder(string file) => file.StartsWith("tests/unit/House/", Ordinal)
        || file is ".editorconfig";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();
}
