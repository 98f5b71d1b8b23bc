using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>kubectl, of which only kustomize is used: nothing here knows a cluster.</summary>
internal static partial class Kubectl
{
    private static readonly Version Oldest = new(1, 27);
    private static readonly Lazy<Version?> Found = new(Find);
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>What a folder renders to. Skips the test where there is no kubectl, or an old one.</summary>
    public static string Render(string folder)
    {
        if (Found.Value is not { } version) Assert.Skip("kubectl is not installed: manifests are not rendered");
        else if (version < Oldest) Assert.Skip($"kubectl is {version}, older than {Oldest}: manifests are not rendered");
        return Texts.GetOrAdd(folder, static path => Command.Run(path, "kubectl", "kustomize", "."));
    }

    private static Version? Find()
    {
        if (Command.Try(Repository.Root, "", "kubectl", "version", "--client") is not ({ } code, { } output, _) || code != 0) return null;
        return VersionText().Match(output) is { Success: true } match
            ? new(Number(match, "major"), Number(match, "minor")) : null;

        static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Client Version: v(?<major>\d+)\.(?<minor>\d+)")]
    private static partial Regex VersionText();
}
