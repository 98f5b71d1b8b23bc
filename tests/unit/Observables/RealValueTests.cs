using System.IO.Compression;
using System.Text.Json;
using CrossBorderSoc.Contracts.Observables;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>Every value of the real data, whatever folder it lies in: <c>canonical(canonical(x)) = canonical(x)</c>.</summary>
public sealed class RealValueTests(ITestOutputHelper output)
{
    private static readonly char[] Separators = [' ', '\'', '"', ',', '(', ')', '<', '>', ';'];

    [Theory]
    [InlineData("cross-border-2026/sightings.ndjson.gz")]
    [InlineData("cross-border-2026/sightings-sample.ndjson")]
    public void Sightings_OfTheConsortium_AreAllAccepted(string relative)
    {
        var refused = new List<string>();
        var seen = 0;
        foreach (var line in Lines(SharedData.FolderOrSkip(relative)))
        {
            using var row = JsonDocument.Parse(line);
            foreach (var written in row.RootElement.GetProperty("observables").EnumerateArray())
            {
                var type = written.GetProperty("type").GetString()!;
                var value = written.GetProperty("value").GetString()!;
                seen++;
                if (!ObservableParser.TryParse(type, value, out var observable, out var error))
                    refused.Add($"{type} '{value}': {error.Reason} {error.Message}");
                else Canonical.Unstable(observable.Type, value).ShouldBeNull();
            }
        }
        seen.ShouldBeGreaterThan(1_000);
        refused.ShouldBeEmpty();
    }

    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(SharedData.Folder("")!).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Canonical_OfCanonical_IsItselfForEveryRealString(string folder)
    {
        var accepted = new int[ObservableTypes.All.Count + 1];
        var (files, strings, unread) = (0, 0, 0);
        foreach (var file in Directory.EnumerateFiles(SharedData.Folder(folder)!, "*", SearchOption.AllDirectories))
        {
            files++;
            foreach (var value in Strings(file, ref unread))
            {
                strings++;
                foreach (var type in ObservableTypes.All)
                {
                    Canonical.Unstable(type, value).ShouldBeNull(file);
                    if (ObservableParser.TryParse(type, value, out _, out _)) accepted[(int)type]++;
                }
            }
        }
        strings.ShouldBeGreaterThan(0);
        accepted.Sum().ShouldBeGreaterThan(0);
        output.WriteLine($"{folder}: {files} files, {strings} strings, {unread} texts are not JSON, accepted by type: "
            + string.Join(", ", ObservableTypes.All.Select(type => $"{type} {accepted[(int)type]}")));
    }

    [Fact]
    public void Identifiers_OfStixAndMisp_AreAcceptedExceptWhatIsNoIdentifier()
    {
        var (values, unread) = (new HashSet<(string Type, string Value)>(), 0);
        foreach (var folder in new[] { "stix", "misp", "misp-stix", "suricata-eve" })
        {
            foreach (var file in Directory.EnumerateFiles(SharedData.FolderOrSkip(folder), "*.json", SearchOption.AllDirectories))
                values.UnionWith(RealIdentifiers.In(file, ref unread));
        }
        var refused = values.Where(each => !ObservableParser.TryParse(each.Type, each.Value, out _, out _)).ToList();
        output.WriteLine(string.Join(", ", values.CountBy(each => each.Type)) + $"; {unread} files are not JSON");
        values.Select(each => each.Type).Distinct().Order().ShouldBe(
            ["asn", "mutex", "software", "user-agent", "vulnerability", "x509:sha256"]);
        // A made-up year, of the validator's own cases.
        refused.ShouldBe([("vulnerability", "CVE-1234-9999")]);
        foreach (var (type, value) in values)
        {
            ObservableTypes.TryParse(type, out var number).ShouldBeTrue();
            Canonical.Unstable(number, value).ShouldBeNull();
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line) yield return line;
    }

    // Of JSON its strings, of any other text its lines and words.
    private static HashSet<string> Strings(string path, ref int unread)
    {
        var strings = new HashSet<string>(StringComparer.Ordinal);
        var name = Path.GetFileName(path);
        if (!name.Contains("json", StringComparison.Ordinal))
        {
            foreach (var line in Lines(path)) strings.UnionWith(line.Split(Separators).Append(line));
            return strings;
        }
        foreach (var text in name.Contains(".ndjson", StringComparison.Ordinal) ? Lines(path) : [File.ReadAllText(path)])
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                Collect(document.RootElement, strings);
            }
            catch (JsonException)
            {
                unread++;
            }
        }
        return strings;
    }

    // Every string, and, for the literals of STIX patterns and the parts of MISP's composed values, what quotes and
    // bars cut.
    private static void Collect(JsonElement element, HashSet<string> into)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                into.Add(property.Name);
                Collect(property.Value, into);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Collect(item, into);
        }
        else if (element.ValueKind == JsonValueKind.String && Text(element) is { Length: < 40_000 } text)
        {
            into.Add(text);
            if (text.AsSpan().IndexOfAny('\'', '|') >= 0) into.UnionWith(text.Split('\'', '|'));
        }
    }

    // Some conformance files hold an escaped half of a surrogate pair, which has no .NET string.
    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
