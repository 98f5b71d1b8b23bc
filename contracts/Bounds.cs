namespace CrossBorderSoc.Contracts;

/// <summary>Every published limit of the grid, in one place. Constants only: no bound depends on stored data.</summary>
public static class Bounds
{
    /// <summary>Most sightings in one batch.</summary>
    public const int BatchSightingsMax = 10_000;

    /// <summary>Most bytes of one encoded batch message (4 MiB).</summary>
    public const int BatchBytesMax = 4 * 1024 * 1024;

    /// <summary>Most observables that one sighting may name, after repeated ones are dropped.</summary>
    public const int SightingObservablesMax = 64;

    /// <summary>Most bytes of an observable's canonical text in UTF-8 (8 KiB).</summary>
    public const int ObservableBytesMax = 8 * 1024;

    /// <summary>Most bytes of a supplier's name, canonical, in UTF-8: as many as an asset may say.</summary>
    public const int SupplierBytesMax = AssetFieldBytesMax;

    /// <summary>Most bytes of the name of a mutex or of a user agent in UTF-8 (2 KiB).</summary>
    public const int FreeTextBytesMax = 2 * 1024;

    /// <summary>Most recipients of one marking.</summary>
    public const int MarkingRecipientsMax = 64;

    /// <summary>Most bytes of one recipient, prefix included.</summary>
    public const int RecipientBytesMax = 256;

    /// <summary>Most bytes of all recipients of one marking together (4 KiB): what is said of a value is stored with its marking.</summary>
    public const int MarkingRecipientsBytesMax = 4 * 1024;

    /// <summary>Most distinct markings that a view tells, the first in their order.</summary>
    public const int MarkingsShownMax = 256;

    /// <summary>Most distinct combinations of marking, kind and set of observable types that one owner uses on one observable, where
    /// each contribution counts as one; one more is refused as TOO_MANY_MARKINGS.</summary>
    public const int MarkingsPerOwnerMax = 256;

    /// <summary>Most techniques of one sighting.</summary>
    public const int SightingTechniquesMax = 32;

    /// <summary>Most bytes of a sighting's description in UTF-8.</summary>
    public const int DescriptionBytesMax = 4 * 1024;

    /// <summary>Most bytes of a producer's source reference in UTF-8.</summary>
    public const int SourceRefBytesMax = 256;

    /// <summary>Most bytes of an asset's identifier, sector, service, criticality or supplier in UTF-8.</summary>
    public const int AssetFieldBytesMax = 256;

    /// <summary>Most software entries of one asset.</summary>
    public const int AssetSoftwareMax = 32;

    /// <summary>How far a sighting's last-seen may lie in the future, in milliseconds (24 hours).</summary>
    public const long FutureMillisecondsMax = 24L * 3600 * 1000;

    /// <summary>Default retention of evidence in days; a sighting last seen before it is refused.</summary>
    public const int RetentionDaysDefault = 400;

    /// <summary>Neighbours kept and counted per compartment and neighbour type; also the hub cap (design 3.3).</summary>
    public const int NeighboursKeptMax = 100;

    /// <summary>Visible neighbours within the window from which on a node joins nothing any more (design 3.4).</summary>
    public const int HubDegree = NeighboursKeptMax;

    /// <summary>The window of correlation, one per grid: 7 days in milliseconds (design 3.4).</summary>
    public const long CorrelationWindowMilliseconds = 7L * 24 * 3_600_000;

    /// <summary>Most observables of a contribution.</summary>
    public const int ContributionObservablesMax = 16;

    /// <summary>Most bytes of a contribution's observables in UTF-8, together (4 KiB).</summary>
    public const int ContributionObservablesBytesMax = 4 * 1024;

    /// <summary>Most openings, links and splits of one observable that decide about a partner's incidents: the newest.</summary>
    public const int ContributionsDecidingMax = 1_000;

    /// <summary>Most other contributions of one observable from one partner's view, and most of all that one incident tells: the
    /// newest.</summary>
    public const int ContributionsShownMax = 100;

    /// <summary>Techniques kept per view, newest first.</summary>
    public const int TechniquesKeptMax = 64;

    /// <summary>Assets kept per view, newest first.</summary>
    public const int AssetsKeptMax = 100;

    /// <summary>Sectors of assets kept per view, newest first.</summary>
    public const int SectorsKeptMax = 64;

    /// <summary>Most sightings of one evidence answer.</summary>
    public const int EvidenceSightingsMax = 10_000;

    /// <summary>Most bytes of one page of evidence from a home to a gateway: below 1 MiB with all that is around it.</summary>
    public const int EvidencePageBytesMax = 1_000_000;

    /// <summary>Most bytes of one evidence answer (64 MiB).</summary>
    public const int EvidenceAnswerBytesMax = 64 * 1024 * 1024;

    /// <summary>Hours kept in a histogram: the newest hours in which something was seen.</summary>
    public const int HistogramHoursMax = 1_024;
}
