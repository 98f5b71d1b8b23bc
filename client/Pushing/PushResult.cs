using CrossBorderSoc.Client.Access;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>What became of a push.</summary>
public sealed record PushResult
{
    /// <summary>Sightings that are new and on disk. After a broken connection this can be too low by what the lost
    /// acknowledgements would have said: those count as duplicates.</summary>
    public long Accepted { get; init; }

    /// <summary>Sightings that were there already, with the same content.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows that were refused, by the grid or before they were sent.</summary>
    public long Refused { get; init; }

    /// <summary>Sightings that were sent more than once, counted each time.</summary>
    public long Resent { get; init; }

    /// <summary>Sightings that were sent, of whose fate nothing is known. Pushing the same input again settles it.</summary>
    public long Unacknowledged { get; init; }

    /// <summary>Why the push ended early; null when the whole input was acknowledged.</summary>
    public GridFailure? Failure { get; init; }
}
