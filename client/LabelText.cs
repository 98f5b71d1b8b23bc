using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client;

/// <summary>The words that the format, and this client's output, use for labels.</summary>
public static class LabelText
{
    internal static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["positive"] = Kind.Positive,
        ["false-positive"] = Kind.FalsePositive,
        ["expiration"] = Kind.Expiration,
    };

    /// <summary>What contributions do.</summary>
    public static readonly Dictionary<string, ContributionKind> ContributionKinds = new()
    {
        ["opened"] = ContributionKind.Opened,
        ["note"] = ContributionKind.Note,
        ["status"] = ContributionKind.Status,
        ["affected"] = ContributionKind.Affected,
        ["significance"] = ContributionKind.Significance,
        ["link"] = ContributionKind.Link,
        ["split"] = ContributionKind.Split,
    };

    /// <summary>How far the work on an incident is.</summary>
    public static readonly Dictionary<string, IncidentStatus> Statuses = new()
    {
        ["new"] = IncidentStatus.New,
        ["investigating"] = IncidentStatus.Investigating,
        ["contained"] = IncidentStatus.Contained,
        ["resolved"] = IncidentStatus.Resolved,
        ["dismissed"] = IncidentStatus.Dismissed,
    };

    /// <summary>How significant an incident is.</summary>
    public static readonly Dictionary<string, Significance> Significances = new()
    {
        ["not-significant"] = Significance.NotSignificant,
        ["significant"] = Significance.Significant,
        ["large-scale"] = Significance.LargeScale,
    };

    /// <summary>TLP labels.</summary>
    public static readonly Dictionary<string, Tlp> Tlps = new()
    {
        ["clear"] = Tlp.Clear,
        ["green"] = Tlp.Green,
        ["amber"] = Tlp.Amber,
        ["amber+strict"] = Tlp.AmberStrict,
        ["red"] = Tlp.Red,
    };

    /// <summary>PAP labels.</summary>
    public static readonly Dictionary<string, Pap> Paps = new()
    {
        ["clear"] = Pap.Clear,
        ["green"] = Pap.Green,
        ["amber"] = Pap.Amber,
        ["red"] = Pap.Red,
    };

    internal static readonly Dictionary<string, Attribution> Attributions = new()
    {
        ["named"] = Attribution.Named,
        ["jurisdiction"] = Attribution.Jurisdiction,
    };

    /// <summary>The word for a kind, such as <c>false-positive</c>; a kind of a newer grid as its number.</summary>
    public static string Of(Kind kind) => Find(Kinds, kind);

    /// <summary>The word for what a contribution does.</summary>
    public static string Of(ContributionKind kind) => Find(ContributionKinds, kind);

    /// <summary>The word for a status.</summary>
    public static string Of(IncidentStatus status) => Find(Statuses, status);

    /// <summary>The word for a significance.</summary>
    public static string Of(Significance significance) => Find(Significances, significance);

    /// <summary>The word for a TLP label, such as <c>amber+strict</c>.</summary>
    public static string Of(Tlp tlp) => Find(Tlps, tlp);

    /// <summary>The word for a PAP label.</summary>
    public static string Of(Pap pap) => Find(Paps, pap);

    /// <summary>The word for an attribution.</summary>
    public static string Of(Attribution attribution) => Find(Attributions, attribution);

    /// <summary>The word for a disclosure level.</summary>
    public static string Of(DisclosureLevel level) => level switch
    {
        DisclosureLevel.Full => "full",
        DisclosureLevel.Redacted => "redacted",
        _ => level.ToString(),
    };

    private static string Find<T>(Dictionary<string, T> labels, T label)
        where T : struct, Enum
    {
        foreach (var (text, value) in labels)
            if (EqualityComparer<T>.Default.Equals(value, label)) return text;
        return label.ToString();
    }
}
