using CrossBorderSoc.Client.Access;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>What the grid said of one batch.</summary>
/// <param name="Accepted">Sightings that are new and on disk.</param>
/// <param name="Duplicates">Sightings that were there already, with the same content.</param>
/// <param name="Rejected">Sightings that were refused.</param>
/// <param name="Bytes">Encoded bytes of the batch's sightings, which this client has now let go.</param>
public readonly record struct Acknowledgement(int Accepted, int Duplicates, int Rejected, long Bytes);

/// <summary>A connection that broke, and when the next is tried.</summary>
/// <param name="Failure">Why it broke.</param>
/// <param name="Pause">How long this client waits before it connects again.</param>
/// <param name="Unacknowledged">Sightings that it will send again.</param>
public readonly record struct Interruption(GridFailure Failure, TimeSpan Pause, int Unacknowledged);

/// <summary>Is told what happens to a push, one call at a time. Must be quick: the push waits.</summary>
public interface IPushObserver
{
    /// <summary>A batch was acknowledged.</summary>
    void Acknowledged(Acknowledgement acknowledgement);

    /// <summary>A row was refused, by the grid or before it was sent.</summary>
    void Refused(Refusal refusal);

    /// <summary>The connection broke and will be tried again.</summary>
    void Interrupted(Interruption interruption);

    /// <summary>Sightings were sent once more after a broken connection.</summary>
    void Resent(int sightings);
}
