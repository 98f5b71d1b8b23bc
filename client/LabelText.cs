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

    internal static readonly Dictionary<string, Tlp> Tlps = new()
    {
        ["clear"] = Tlp.Clear,
        ["green"] = Tlp.Green,
        ["amber"] = Tlp.Amber,
        ["amber+strict"] = Tlp.AmberStrict,
        ["red"] = Tlp.Red,
    };

    internal static readonly Dictionary<string, Pap> Paps = new()
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
