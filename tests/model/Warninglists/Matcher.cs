using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrossBorderSoc.Tests.Model.Containment;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Warninglists;

/// <summary>
/// Which warninglists hold a value: list by list, as MISP says what a list means. Reads a folder of <c>index.json</c> and <c>lists/</c>.
/// </summary>
public sealed class Matcher(IReadOnlyList<MatchedList> lists)
{
    public static Matcher Load(string folder)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        return new([.. index.RootElement.EnumerateArray()
            .Select(row => row.GetProperty("list").GetString()!)
            .Select(name => MatchedList.Load(Path.Combine(folder, "lists", name + ".json")))
            .OrderBy(list => list.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The names of the lists that hold a value, sorted.</summary>
    public IReadOnlyList<string> NamesOf(Observable value) => [.. lists.Where(list => list.Holds(value)).Select(list => list.Name)];

    public bool Holds(Observable value) => lists.Any(list => list.Holds(value));
}

/// <summary>One list.</summary>
public sealed class MatchedList
{
    private static readonly IdnMapping Idn = new();

    private readonly IReadOnlySet<string> _types;
    private readonly Func<Observable, bool> _holds;

    private MatchedList(string name, IReadOnlySet<string> types, Func<Observable, bool> holds) =>
        (Name, _types, _holds) = (name, types, holds);

    public string Name { get; }

    public static MatchedList Load(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var entries = Texts(json.RootElement.GetProperty("list"));
        return new(
            json.RootElement.GetProperty("name").GetString()!,
            Texts(json.RootElement.GetProperty("matching_attributes")).SelectMany(TypesOf).ToHashSet(),
            json.RootElement.GetProperty("type").GetString() switch
            {
                "string" => IsOneOf([.. entries.Select(Plain)]),
                "hostname" => IsBelow([.. entries.Select(entry => Plain(entry).Trim('.'))]),
                "cidr" => LiesWithin([.. entries.Select(Network)]),
                "substring" => value => entries.Any(entry => value.Value.Contains(entry, StringComparison.OrdinalIgnoreCase)),
                "regex" => value => entries.Any(entry => Regex.IsMatch(value.Value, entry[1..entry.LastIndexOf('/')], RegexOptions.IgnoreCase)),
                var other => throw new InvalidOperationException($"{file}: {other}"),
            });
    }

    public bool Holds(Observable value) => _types.Contains(value.Type) && _holds(value);

    private static Func<Observable, bool> IsOneOf(HashSet<string> entries) => value => entries.Contains(value.Value);

    // "value or any parent equals a listed host".
    private static Func<Observable, bool> IsBelow(HashSet<string> hosts) => value =>
        Host.Of(value) is { } host && (IPAddress.TryParse(host, out _)
            ? hosts.Contains(host)
            : host.Split('.').Select((_, skipped) => string.Join('.', host.Split('.').Skip(skipped))).Any(hosts.Contains));

    private static Func<Observable, bool> LiesWithin(List<IPNetwork> networks) => value => Host.Of(value) is { } host && Host.Network(host) is { } own
        && networks.Exists(network => network.PrefixLength <= own.PrefixLength && network.Contains(own.BaseAddress));

    private static IPNetwork Network(string entry) =>
        Host.Network(entry) ?? throw new InvalidOperationException($"{entry} is no network");

    private static string Plain(string entry) => entry.All(char.IsAscii) ? entry.ToLowerInvariant() : entry.Contains('.')
        ? Idn.GetAscii(entry.Trim('.')) : entry;

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(each => each.GetString()!)];

    private static IEnumerable<string> TypesOf(string attribute) => attribute switch
    {
        _ when attribute.StartsWith("ip-", StringComparison.Ordinal) || attribute == "domain|ip" =>
            ["ipv4-addr", "ipv6-addr", "ipv4-cidr", "ipv6-cidr"],
        "domain" or "hostname" or "hostname|port" => ["domain-name"],
        "url" or "uri" => ["url"],
        _ when attribute.Contains("email", StringComparison.Ordinal) => ["email-addr"],
        "md5" or "sha1" or "sha256" => ["file:" + attribute],
        "filename|md5" or "filename|sha1" or "filename|sha256" => ["file:" + attribute.Split('|')[1]],
        "x509-fingerprint-sha256" => ["x509:sha256"],
        _ => [],
    };
}
