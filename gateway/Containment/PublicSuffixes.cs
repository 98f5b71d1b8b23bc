using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Containment;

/// <summary>
/// The Public Suffix List (publicsuffix.org/list): below which names the public can register. Both of its sections count, so that two
/// customers of one hoster are two registrable domains. Immutable.
/// </summary>
internal sealed class PublicSuffixes
{
    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wildcards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exceptions = new(StringComparer.Ordinal);

    private static readonly Lazy<PublicSuffixes> ShippedOnce = new(ReadShipped);

    /// <summary>The list that ships with the product, read once in a process.</summary>
    /// <exception cref="IOException">It is missing or damaged.</exception>
    public static PublicSuffixes Shipped => ShippedOnce.Value;

    /// <summary>Reads a list: a rule is what stands before the first blank of a line that is no comment.</summary>
    /// <exception cref="InvalidDataException">A rule is no name; the message has its line.</exception>
    public static PublicSuffixes Read(TextReader lines)
    {
        var list = new PublicSuffixes();
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            var rule = line.Split(' ', '\t')[0];
            if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal)) continue;
            var (rules, name) = rule[0] switch
            {
                '!' => (list._exceptions, rule[1..]),
                '*' when rule.StartsWith("*.", StringComparison.Ordinal) => (list._wildcards, rule[2..]),
                _ => (list._plain, rule),
            };
            if (!ObservableParser.TryParse(ObservableType.DomainName, name, out var canonical, out _))
                throw new InvalidDataException(string.Create(null, $"line {number}: no name."));
            rules.Add(canonical.Text);
        }
        return list;
    }

    /// <summary>
    /// The registrable domain of a canonical name: its public suffix and one label more. Null for a name that is a public suffix itself.
    /// Where no rule applies, the last label is the suffix.
    /// </summary>
    public string? RegistrableDomain(string name)
    {
        // From the whole name on to its last label: the longest rule comes first. 'below' is one label longer than 'suffix'.
        string? below = null;
        for (var suffix = name; ; (below, suffix) = (suffix, suffix[(suffix.IndexOf('.') + 1)..]))
        {
            if (_exceptions.Contains(suffix)) return suffix;
            if (_plain.Contains(suffix)) return below;
            var dot = suffix.IndexOf('.');
            if (dot < 0 || _wildcards.Contains(suffix[(dot + 1)..])) return below;
        }
    }

    private static PublicSuffixes ReadShipped()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Containment", "Data", "public_suffix_list.dat");
        try
        {
            using var file = File.OpenText(path);
            return Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"{path}: {e.Message}", e);
        }
    }
}
