using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Gateway.Listing;

/// <summary>Which indicators are asked for.</summary>
/// <param name="Scope">By type, time, jurisdiction, sector and text.</param>
/// <param name="ScoreMin">Only what scores at least this.</param>
/// <param name="Technique">Only what shows this technique; null for all.</param>
internal sealed record IndicatorFilter(ListScope Scope, int ScoreMin, string? Technique)
{
    /// <summary>Whether what the caller sees of an indicator is asked for, time and type apart.</summary>
    public bool Passes(IndicatorEntry entry) =>
        Scope.IsOf(entry.View.TalliesByJurisdiction.Select(t => t.Jurisdiction)) && Scope.IsIn(entry.View.Sectors.Select(s => s.Text))
        && entry.Score.Value >= ScoreMin
        && (Technique is null || entry.View.Techniques.Any(t => t.Text == Technique));
}
