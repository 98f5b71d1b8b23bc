using System.Collections.Frozen;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Scoring;

/// <summary>Every number of the score's formula and of the Admiralty scale, in one place (docs/score.md has the why of each).</summary>
public static class ScoreConstants
{
    /// <summary>What a statement that says no confidence (0) counts as, in percent.</summary>
    public const int ConfidenceUnsaid = 50;

    /// <summary>How much of its weight a voice takes away that says false positive, in percent.</summary>
    public const int FalsePositivePercent = 100;

    /// <summary>How much of its weight a voice takes away that says expired, in percent.</summary>
    public const int ExpirationPercent = 50;

    /// <summary>What is left of the score of an observable on a warninglist, in percent.</summary>
    public const int WarninglistPercent = 25;

    /// <summary>Half-life in hours of a type that has no entry of its own (30 days).</summary>
    public const int HalfLifeHoursDefault = 30 * 24;

    // MISP's NIDS model (lifetime 120 days, decay speed 2; arXiv:1803.11052) has lost one half after 30 days: names and networks.
    // Addresses change hands and pages are taken down sooner; a hash never means another file or certificate.
    private static readonly FrozenDictionary<ObservableType, int> HalfLifeDays = new Dictionary<ObservableType, int>
    {
        [ObservableType.Ipv4Addr] = 14,
        [ObservableType.Ipv6Addr] = 14,
        [ObservableType.Ipv4Cidr] = 30,
        [ObservableType.Ipv6Cidr] = 30,
        [ObservableType.DomainName] = 30,
        [ObservableType.Url] = 14,
        [ObservableType.EmailAddr] = 60,
        [ObservableType.FileMd5] = 365,
        [ObservableType.FileSha1] = 365,
        [ObservableType.FileSha256] = 365,
        [ObservableType.X509Sha256] = 365,
    }.ToFrozenDictionary();

    /// <summary>After how many hours a statement about an observable of a type has lost half of its weight.</summary>
    public static int HalfLifeHours(ObservableType type) =>
        HalfLifeDays.TryGetValue(type, out var days) ? days * 24 : HalfLifeHoursDefault;

    /// <summary>
    /// What the credibility of an information is worth, 1 to 6, in percent (STIX 2.1, appendix A, "Admiralty Credibility"). It has no
    /// number for 6, "truth cannot be judged": no confidence is said.
    /// </summary>
    internal static ReadOnlySpan<byte> AdmiraltyCredibility => [90, 70, 50, 30, 10, 0];

    /// <summary>
    /// How much of it the reliability of its source leaves, A to F, in percent (MISP's taxonomy admiralty-scale; E is 0 there, which would
    /// be no confidence at all; F, "cannot be judged", is as C).
    /// </summary>
    internal static ReadOnlySpan<byte> AdmiraltyReliability => [100, 75, 50, 25, 10, 50];
}
