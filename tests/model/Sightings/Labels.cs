namespace CrossBorderSoc.Tests.Model.Sightings;

/// <summary>TLP 2.0 labels, from widest to narrowest.</summary>
public enum Tlp { Clear, Green, Amber, AmberStrict, Red }

/// <summary>PAP labels.</summary>
public enum Pap { Clear, Green, Amber, Red }

/// <summary>What a sighting says; or that it is none, but a contribution to incidents.</summary>
public enum Kind { Positive, FalsePositive, Expiration, Contribution }

/// <summary>Whom a redacted form names.</summary>
public enum Attribution { Named, Jurisdiction }

/// <summary>Disclosure levels: None &lt; Redacted &lt; Full.</summary>
public enum Level { None, Redacted, Full }

/// <summary>The words of files for the labels.</summary>
public static class Words
{
    public static readonly IReadOnlyList<string> Tlps = ["clear", "green", "amber", "amber+strict", "red"];
    public static readonly IReadOnlyList<string> Paps = ["clear", "green", "amber", "red"];
    public static readonly IReadOnlyList<string> Kinds = ["positive", "false-positive", "expiration", "contribution"];
    public static readonly IReadOnlyList<string> Attributions = ["named", "jurisdiction"];
    public static readonly IReadOnlyList<string> Levels = ["none", "redacted", "full"];

    public static string Word(this Tlp tlp) => Tlps[(int)tlp];

    public static string Word(this Pap pap) => Paps[(int)pap];

    public static string Word(this Kind kind) => Kinds[(int)kind];

    public static string Word(this Attribution attribution) => Attributions[(int)attribution];

    public static string Word(this Level level) => Levels[(int)level];

    /// <summary>The place of a word in its list; an unknown word throws.</summary>
    public static int Place(IReadOnlyList<string> words, string word)
    {
        for (var place = 0; place < words.Count; place++) if (words[place] == word) return place;
        throw new FormatException($"'{word}' is none of {string.Join(", ", words)}.");
    }
}
