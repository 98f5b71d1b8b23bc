using System.Xml.Linq;
using Shouldly;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>Holds the arrows between projects (design 8) where they are declared: in the project files.</summary>
public sealed class ProjectTests
{
    // Each product project, what it may know of ours, and the start of package names that it may not know.
    private static readonly Dictionary<string, (string[] Projects, string[] ForbiddenPackages)> Arrows = new()
    {
        ["contracts/CrossBorderSoc.Contracts.csproj"] =
            ([], ["Google.", "Grpc", "RocksDB", "StackExchange", "Microsoft.AspNetCore"]),
        ["contracts/protos/CrossBorderSoc.Protos.csproj"] = ([], ["Microsoft.Orleans", "RocksDB"]),
        ["grains/CrossBorderSoc.Grains.csproj"] =
            (["CrossBorderSoc.Contracts"], ["Google.", "Grpc", "RocksDB", "StackExchange", "Microsoft.AspNetCore"]),
        ["gateway/CrossBorderSoc.Gateway.csproj"] =
            (["CrossBorderSoc.Contracts", "CrossBorderSoc.Protos"], ["RocksDB", "StackExchange"]),
        ["client/CrossBorderSoc.Client.csproj"] =
            (["CrossBorderSoc.Protos", "CrossBorderSoc.Contracts"], ["Microsoft.Orleans.Server", "RocksDB"]),
        ["cli/CrossBorderSoc.Cli.csproj"] =
            (["CrossBorderSoc.Client", "CrossBorderSoc.Protos"], ["Microsoft.Orleans", "RocksDB"]),
        ["silo/CrossBorderSoc.Silo.csproj"] =
            (["CrossBorderSoc.Client", "CrossBorderSoc.Contracts", "CrossBorderSoc.Gateway", "CrossBorderSoc.Grains",
            "CrossBorderSoc.Protos"], []),
        ["tests/model/CrossBorderSoc.Tests.Model.csproj"] = ([], ["Microsoft.Orleans", "Google.", "Grpc", "RocksDB"]),
    };

    private static IEnumerable<string> Projects => Repository.Files.Where(file => file.EndsWith(".csproj", Ordinal));

    [Fact]
    public void ProjectReferences_Arrows_PointOneWay() =>
        (from project in Arrows.Keys
         from name in Included(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)
         where !Arrows[project].Projects.Contains(name)
         select $"{project} knows {name}")
        .ShouldBeNone("dependencies point one way (docs/architecture.md)");

    [Fact]
    public void PackageReferences_Arrows_NothingForbidden() =>
        (from project in Arrows.Keys
         from package in Included(project, "PackageReference")
         where Arrows[project].ForbiddenPackages.Any(package.StartsWith)
         select $"{project} uses {package}")
        .ShouldBeNone("a package stands where the design allows it");

    [Fact]
    public void ProductProjects_Arrows_AreAllListed() =>
        Projects.Where(file => !file.StartsWith("tests/", Ordinal)).Except(Arrows.Keys)
            .ShouldBeNone("every product project has its arrows in this test");

    [Fact]
    public void Projects_LockFile_Present() =>
        Projects.Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/') + "/packages.lock.json")
            .Except(Repository.Files)
            .ShouldBeNone("every project has a lock file");

    [Fact]
    public void Projects_Solution_HoldsThemAll()
    {
        var solution = Repository.Read("CrossBorderSoc.Orleans.sln");
        Projects.Where(file => !solution.Contains(file.Replace('/', '\\'), Ordinal))
            .ShouldBeNone("every project stands in the solution");
    }

    [Fact]
    public void Packages_Versions_StandInOnePlace() =>
        (from project in Projects
         from reference in Read(project).Descendants("PackageReference")
         where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
         select $"{project}: {reference.Attribute("Include")?.Value}")
        .ShouldBeNone("versions stand in Directory.Packages.props only");

    [Fact]
    public void Arrows_List_NamesProjectsThatExist() => Arrows.Keys.Except(Projects).ShouldBeEmpty();

    private static IEnumerable<string> Included(string project, string element) =>
        Read(project).Descendants(element).Select(e => e.Attribute("Include")!.Value);

    private static XDocument Read(string project) => XDocument.Parse(Repository.Read(project));
}
