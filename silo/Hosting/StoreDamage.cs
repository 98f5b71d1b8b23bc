namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// A file of the store turned out to be damaged while the node runs, or a ledger on a Redis went back: the process ends at once, since every
/// further answer could miss what the file held, or hold what is gone. The supervisor starts it again, and opening then names the file, or
/// serves the ledger as it is.
/// </summary>
internal sealed class StoreDamage
{
    /// <summary>Where to say it, once there is a log.</summary>
    public ILogger? Tell { get; set; }

    public void Found(Exception damage)
    {
        Tell?.LogCritical(damage, "The store is damaged; the node stops.");
        Environment.FailFast("The store is damaged: " + damage.Message);
    }

    public void WentBack(Exception loss)
    {
        Tell?.LogCritical(loss, "Acknowledged records are gone from the store; the node stops.");
        Environment.FailFast("Acknowledged records are gone from the store: " + loss.Message);
    }
}
