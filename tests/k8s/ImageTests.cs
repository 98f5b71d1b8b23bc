using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>How an image is built: from bases that somebody looked up, and for nobody in particular.</summary>
public sealed partial class ImageTests
{
    private static readonly string[] Dockerfile = File.ReadAllLines(Path.Combine(Repository.Manifests, "Dockerfile"));

    [Fact]
    public void Dockerfile_Bases_ComeFromOutsideWithoutADefault()
    {
        Dockerfile.Where(line => line.StartsWith("FROM", StringComparison.Ordinal)).ShouldBe(["FROM ${SDK_IMAGE} AS build", "FROM ${RUNTIME_IMAGE}"]);
        Dockerfile.Where(line => line.StartsWith("ARG", StringComparison.Ordinal)).Distinct().ShouldBe(["ARG SDK_IMAGE", "ARG RUNTIME_IMAGE"]);
        Dockerfile.ShouldContain("USER 1654:1654");
    }

    [Theory]
    [InlineData("registry.example/dotnet/sdk@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", true)]
    [InlineData("registry.example/dotnet/sdk:10.0", false)]
    [InlineData("registry.example/dotnet/sdk@sha256:0123", false)]
    [InlineData("", false)]
    public void Dockerfile_BaseWithoutADigest_EndsTheBuild(string image, bool isBuilt)
    {
        var text = string.Join('\n', Dockerfile);
        var step = CheckStep().Match(text).Groups["step"].Value.Replace("\\\n", "", StringComparison.Ordinal)
            .Replace("${SDK_IMAGE}", image, StringComparison.Ordinal).Replace("${RUNTIME_IMAGE}", image, StringComparison.Ordinal);
        step.ShouldStartWith("for image in");
        (Command.Try(Repository.Root, "", "sh", "-c", step)!.Value.Code == 0).ShouldBe(isBuilt);
    }

    [Fact]
    public void Dockerfile_Context_HasWhatTheNodeIsBuiltOf()
    {
        var kept = File.ReadAllLines(Path.Combine(Repository.Manifests, "Dockerfile.dockerignore"))
            .Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        Projects("silo").ShouldBeSubsetOf(kept);
        kept.ShouldContain("Directory.*.props");
        kept.ShouldContain("eng/BannedSymbols*.txt");
    }

    private static IEnumerable<string> Projects(string folder)
    {
        var file = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj").Single();
        return Reference().Matches(File.ReadAllText(file)).Select(one => one.Groups["folder"].Value).SelectMany(Projects)
            .Append(folder.Split('/')[0]).Distinct();
    }

    [GeneratedRegex(@"^RUN (?<step>for image in .*?done)$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CheckStep();

    [GeneratedRegex(@"<ProjectReference Include=""\.\./(?<folder>[a-z/]+)/[^/""]+""")]
    private static partial Regex Reference();
}
