using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Scoring;

/// <summary>
/// What one source has to say of an observable: the newest of its statements, however many there are. At the same instant, who says
/// false positive or expired is believed before who says positive.
/// </summary>
/// <param name="Kind">The kind of that statement.</param>
/// <param name="LastSeen">Its last-seen, as disclosed; Unix milliseconds UTC.</param>
/// <param name="Confidence">Its confidence, 1 to 100.</param>
internal readonly record struct Voice(SightingKind Kind, long LastSeen, int Confidence)
{
    /// <summary>One voice for each source, in the order of the view. A jurisdiction of which a source is disclosed has none of its own.</summary>
    public static IEnumerable<Voice> Of(ImmutableArray<SourceTally> sources)
    {
        var disclosed = sources.Where(s => s.IsOrganisation).Select(s => s.Jurisdiction).ToHashSet(StringComparer.Ordinal);
        return sources.Where(s => s.IsOrganisation || !disclosed.Contains(s.Source))
            .GroupBy(s => (s.Source, s.IsOrganisation)).Select(Newest);
    }

    private static Voice Newest(IEnumerable<SourceTally> statements)
    {
        var (kind, tally) = statements.Select(s => (s.Kind, s.Tally)).MaxBy(s => (s.Tally.LastSeen, Doubt(s.Kind), s.Tally.Confidence));
        return new(kind, tally.LastSeen, tally.Confidence == 0 ? ScoreConstants.ConfidenceUnsaid : tally.Confidence);
    }

    private static int Doubt(SightingKind kind) => kind switch
    {
        SightingKind.FalsePositive => 2,
        SightingKind.Expiration => 1,
        _ => 0,
    };
}
