using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Writes a marking: its labels, and the terms that only those see who see it in full.</summary>
internal static class MarkingText
{
    /// <summary>"TLP:AMBER PAP:GREEN".</summary>
    public static string Labels(Marking? marking)
    {
        if (marking is null) return "";
        var text = $"TLP:{LabelText.Of(marking.Tlp).ToUpperInvariant()}";
        return marking.Pap == Pap.Unspecified ? text : $"{text} PAP:{LabelText.Of(marking.Pap).ToUpperInvariant()}";
    }

    /// <summary>", by jurisdiction, to community:x, from …, until …"; empty where nothing is said.</summary>
    public static string Terms(Marking? marking)
    {
        var text = "";
        if (marking is null) return text;
        if (marking.Attribution != Attribution.Unspecified) text += $", by {By(marking.Attribution)}";
        if (marking.Recipients.Count > 0) text += $", to {string.Join(" ", marking.Recipients.Select(SafeText.Of))}";
        if (marking.EmbargoUntil is { } embargo) text += $", from {Instants.Text(embargo)}";
        if (marking.ExpiresAt is { } expiry) text += $", until {Instants.Text(expiry)}";
        return text;
    }

    private static string By(Attribution attribution) =>
        attribution == Attribution.Named ? "name" : LabelText.Of(attribution);
}
