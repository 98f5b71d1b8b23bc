using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Writes a contribution in its disclosed form; safe to print.</summary>
internal static class ContributionText
{
    /// <summary>"2026-08-20T13:00Z csirt.de (DE)".</summary>
    public static string Who(IncidentContribution shown)
    {
        var who = shown.Owner.Length > 0 ? $"{shown.Owner} ({shown.Jurisdiction})" : shown.Jurisdiction;
        return $"{Instants.Text(shown.Contribution?.At)} {SafeText.Of(who)}";
    }

    /// <summary>"status contained  evil.example  TLP:GREEN: the rest in words".</summary>
    public static string What(IncidentContribution shown)
    {
        if (shown.Contribution is not { } said) return "";
        var about = string.Join(' ', said.Observables.Select(observable => SafeText.Of(observable.Value)));
        var words = said.Text.Length > 0 ? $": {SafeText.Of(said.Text)}" : "";
        return $"{Word(said)}  {about}  {MarkingText.Labels(said.Marking)}{words}";
    }

    private static string Word(Contribution said) => said.Kind switch
    {
        ContributionKind.Status => $"{LabelText.Of(said.Kind)} {LabelText.Of(said.Status)}",
        ContributionKind.Significance => LabelText.Of(said.Significance),
        ContributionKind.Affected => string.Join(' ', new[] { LabelText.Of(said.Kind), said.State, said.Sector, said.Service }
            .Where(word => word.Length > 0).Select(SafeText.Of)),
        _ => LabelText.Of(said.Kind),
    };
}
