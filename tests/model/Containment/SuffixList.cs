using System.Collections.Concurrent;
using System.Globalization;

namespace CrossBorderSoc.Tests.Model.Containment;

/// <summary>The algorithm of publicsuffix.org/list, as it is written there: every rule is tried.</summary>
public sealed class SuffixList
{
    private static readonly IdnMapping Idn = new();

    private readonly List<(bool IsException, string[] Labels)> _rules;
    private readonly ConcurrentDictionary<string, string?> _known = new();

    public SuffixList(string file) => _rules =
    [
        .. File.ReadLines(file).Select(line => line.Split(' ')[0])
            .Where(rule => rule.Length > 0 && !rule.StartsWith("//", StringComparison.Ordinal))
            .Select(rule => (rule[0] == '!', rule.TrimStart('!').Split('.').Select(label => label == "*" ? label : Idn.GetAscii(label)).ToArray())),
    ];

    /// <summary>The public suffix of a name and one label more; null when there is no more.</summary>
    public string? RegistrableDomain(string name) => _known.GetOrAdd(name, Find);

    private string? Find(string name)
    {
        var labels = name.Split('.');
        var matching = _rules.Where(rule => Matches(rule.Labels, labels)).ToList();
        var prevailing = matching.Exists(rule => rule.IsException)
            ? matching.First(rule => rule.IsException).Labels.Length - 1
            : matching.Select(rule => rule.Labels.Length).DefaultIfEmpty(1).Max();
        return labels.Length > prevailing ? string.Join('.', labels[^(prevailing + 1)..]) : null;
    }

    private static bool Matches(string[] rule, string[] name) => rule.Length <= name.Length
        && rule.Reverse().Zip(name.Reverse()).All(pair => pair.First == "*" || pair.First == pair.Second);
}
