using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>Holds the documents to what is there.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<string> Documents => Repository.Files.Where(file => file.EndsWith(".md", Ordinal));

    [Fact]
    public void Documents_Links_LeadSomewhere() =>
        (from file in Documents
         from Match link in Link().Matches(Repository.Read(file))
         let target = link.Groups["target"].Value.Split('#')[0]
         where target.Length > 0 && !target.Contains("://", Ordinal)
         where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target))
         select $"{file}: {target}")
        .ShouldBeNone("a link leads to something that is there");

    [Fact]
    public void Decisions_Numbers_EachOnceFromOne()
    {
        var numbers = Documents.Where(file => file.StartsWith("docs/decisions/", Ordinal))
            .Select(file => int.Parse(Path.GetFileName(file)[..4], CultureInfo.InvariantCulture)).ToList();

        numbers.ShouldBe(Enumerable.Range(1, numbers.Count), ignoreOrder: true);
    }

    [Fact]
    public void Notices_Packages_NameEveryoneOfTheLockFiles()
    {
        var notices = Repository.Read("THIRD-PARTY-NOTICES.md");
        (from file in Repository.Files.Where(f => f.EndsWith("packages.lock.json", Ordinal))
         where !file.StartsWith("tests/", Ordinal)
         let root = JsonDocument.Parse(Repository.Read(file)).RootElement
         from framework in root.GetProperty("dependencies").EnumerateObject()
         from package in framework.Value.EnumerateObject()
         where package.Value.TryGetProperty("resolved", out _)
         let row = $"| {package.Name} | {package.Value.GetProperty("resolved").GetString()} |"
         where !notices.Contains(row, OrdinalIgnoreCase)
         select $"{file}: {row}")
        .Distinct().ShouldBeNone("THIRD-PARTY-NOTICES.md is out of date: run eng/third-party.py");
    }

    [Fact]
    public void Notices_Licences_ArePermissive()
    {
        string[] allowed = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT"];
        (from Match row in PackageRow().Matches(Repository.Read("THIRD-PARTY-NOTICES.md"))
         where !allowed.Contains(row.Groups["licence"].Value)
         select row.Value)
        .ShouldBeNone("a package's licence is permissive");
    }

    [Fact]
    public void Notices_ShippedData_IsNamedWithItsLicenceAndText()
    {
        var notices = Repository.Read("THIRD-PARTY-NOTICES.md");
        var data = Repository.Files.Where(file => file.StartsWith("gateway/", Ordinal) && file.Contains("/Data/", Ordinal)).ToList();

        data.ShouldNotBeEmpty();
        (from file in data
         let row = notices.Split('\n').FirstOrDefault(line => line.Contains($"| {file} |", Ordinal))
         let licence = row?.Split('|')[3].Trim()
         where licence is null || !notices.Contains($"\n### {licence}\n", Ordinal)
         select file)
        .ShouldBeNone("THIRD-PARTY-NOTICES.md names shipped data, its licence and the licence's text");
        notices.ShouldContain("Mozilla Public License Version 2.0");
        notices.ShouldContain("Creative Commons Legal Code");
    }

    [Fact]
    public void Licence_Text_IsTheWholeEupl()
    {
        var text = Repository.Read("LICENSE");

        text.ShouldContain("EUROPEAN UNION PUBLIC LICENCE v. 1.2");
        for (var article = 1; article <= 15; article++) text.ShouldContain($"\n{article}. ");
        text.ShouldContain("'Compatible Licences' according to Article 5 EUPL are:");
    }

    [Fact]
    public void Readme_Commands_NameThingsThatExist()
    {
        var commands = ShellBlock().Matches(Repository.Read("README.md"))
            .SelectMany(block => block.Groups["lines"].Value.Split('\n'))
            .Select(line => line.Split(" #")[0].Trim()).Where(line => line.Length > 0).ToList();

        commands.ShouldNotBeEmpty();
        (from command in commands
         from word in command.Split(' ').Where(word => word.StartsWith("./", Ordinal)
             || word.StartsWith("tests/", Ordinal))
         where !Path.Exists(Path.Combine(Repository.Root, word))
         select $"{command}: {word}")
        .ShouldBeNone("a command of the README names what is there");
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| \S+ \| \d[^|]* \| (?<licence>[^|]*) \| [^|]* \|$", RegexOptions.Multiline)]
    private static partial Regex PackageRow();

    [GeneratedRegex(@"^```sh\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
