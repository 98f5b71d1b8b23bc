namespace CrossBorderSoc.Client.Pushing;

/// <summary>How sightings are pushed. The defaults suit a file as well as a sensor's trickle.</summary>
public sealed record PushOptions
{
    /// <summary>Most sightings of one batch, 1 to 10,000.</summary>
    public int BatchSightings { get; init; } = 512;

    /// <summary>Most encoded bytes of one batch; a single larger sighting travels alone.</summary>
    public int BatchBytes { get; init; } = 3 * 1024 * 1024;

    /// <summary>Most batches that are sent and not yet acknowledged: bounds memory and what is sent again.</summary>
    public int WindowBatches { get; init; } = 8;

    /// <summary>How long a batch that is not full waits for more.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the grid may be out of reach, without one acknowledgement, before the push gives up.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>First pause before connecting again; it doubles with each attempt.</summary>
    public TimeSpan PauseFirst { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause before connecting again.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(5);
}
