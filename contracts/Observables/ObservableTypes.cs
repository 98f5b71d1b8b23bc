using System.Collections.Frozen;
using CrossBorderSoc.Contracts.Observables.Normalisers;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>
/// The observable types that the grid knows. A new type joins here and in the enumeration, with its normaliser, and
/// nowhere else (README.md beside this file).
/// </summary>
public static class ObservableTypes
{
    // The order is that of guessing: the narrower syntax first.
    private static readonly ObservableKind[] Kinds =
    [
        new(ObservableType.FileMd5, "file:md5", HexDigests.Md5),
        new(ObservableType.FileSha1, "file:sha1", HexDigests.Sha1),
        new(ObservableType.FileSha256, "file:sha256", HexDigests.Sha256),
        new(ObservableType.Ipv4Addr, "ipv4-addr", Addresses.Normalise),
        new(ObservableType.Ipv6Addr, "ipv6-addr", Addresses.Normalise),
        new(ObservableType.Ipv4Cidr, "ipv4-cidr", Networks.Normalise),
        new(ObservableType.Ipv6Cidr, "ipv6-cidr", Networks.Normalise),
        new(ObservableType.Url, "url", Urls.Normalise),
        new(ObservableType.EmailAddr, "email-addr", EmailAddresses.Normalise),
        // A bare word is more often a typing slip than a top-level domain.
        new(ObservableType.DomainName, "domain-name", DomainNames.Normalise, static (_, name) => name.Contains('.')),
        // Syntaxes of their own: no text is any of these and any of those above.
        new(ObservableType.Vulnerability, "vulnerability", CveNames.Normalise),
        new(ObservableType.Software, "software", CpeNames.Normalise),
        new(ObservableType.Ja4, "ja4", Ja4.Normalise),
        new(ObservableType.Asn, "asn", AsNumbers.Normalise, static (written, _) => AsNumbers.HasPrefix(written)),
        // Any text is a name, and a digest of 32 or 64 digits is more often a file's.
        new(ObservableType.X509Sha256, "x509:sha256", HexDigests.X509Sha256, Never),
        new(ObservableType.Ja3, "ja3", HexDigests.Ja3, Never),
        new(ObservableType.Supplier, "supplier", SupplierNames.Normalise, Never),
        new(ObservableType.Mutex, "mutex", FreeTexts.Mutex, Never),
        new(ObservableType.UserAgent, "user-agent", FreeTexts.UserAgent, Never),
    ];

    private static readonly FrozenDictionary<string, ObservableKind> ByName =
        Kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static readonly ObservableKind?[] ByType = Index(Kinds);

    /// <summary>Every type, in the order of its number.</summary>
    public static IReadOnlyList<ObservableType> All { get; } = [.. Kinds.Select(kind => kind.Type).Order()];

    /// <summary>The names of all types, joined by a comma, for messages.</summary>
    internal static string Names { get; } = string.Join(", ", All.Select(NameOf));

    /// <summary>Kinds in the order in which a bare value is tried.</summary>
    internal static ReadOnlySpan<ObservableKind> InGuessingOrder => Kinds;

    /// <summary>The name of a known type, such as <c>ipv4-addr</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is not known.</exception>
    public static string NameOf(ObservableType type) =>
        Find(type)?.Name ?? throw new ArgumentOutOfRangeException(nameof(type), type, "BUG: no such observable type");

    /// <summary>The type of a name, compared exactly; false if there is none.</summary>
    public static bool TryParse(string name, out ObservableType type)
    {
        var found = ByName.TryGetValue(name, out var kind);
        type = found ? kind!.Type : ObservableType.Unspecified;
        return found;
    }

    internal static ObservableKind? Find(string name) => ByName.GetValueOrDefault(name);

    internal static ObservableKind? Find(ObservableType type) => (int)type < ByType.Length ? ByType[(int)type] : null;

    private static bool Never(string written, string canonical) => false;

    private static ObservableKind?[] Index(ObservableKind[] kinds)
    {
        var index = new ObservableKind?[kinds.Max(kind => (int)kind.Type) + 1];
        foreach (var kind in kinds) index[(int)kind.Type] = kind;
        return index;
    }
}
