namespace CrossBorderSoc.Client.Pushing;

/// <summary>Counts what an observer is told, and passes it on, one call at a time.</summary>
public sealed class PushTotals(IPushObserver? next) : IPushObserver
{
    private readonly Lock gate = new();
    private PushResult result = new();

    /// <summary>The counts so far.</summary>
    public PushResult Result
    {
        get { lock (gate) return result; }
    }

    /// <inheritdoc/>
    public void Acknowledged(Acknowledgement acknowledgement)
    {
        lock (gate)
        {
            result = result with
            {
                Accepted = result.Accepted + acknowledgement.Accepted,
                Duplicates = result.Duplicates + acknowledgement.Duplicates,
            };
            next?.Acknowledged(acknowledgement);
        }
    }

    /// <inheritdoc/>
    public void Refused(Refusal refusal)
    {
        lock (gate)
        {
            result = result with { Refused = result.Refused + 1 };
            next?.Refused(refusal);
        }
    }

    /// <inheritdoc/>
    public void Interrupted(Interruption interruption)
    {
        lock (gate) next?.Interrupted(interruption);
    }

    /// <inheritdoc/>
    public void Resent(int sightings)
    {
        lock (gate)
        {
            result = result with { Resent = result.Resent + sightings };
            next?.Resent(sightings);
        }
    }
}
