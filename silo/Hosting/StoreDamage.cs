namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// A file of the store turned out to be damaged while the node runs: the process ends at once, since every further answer could
/// miss what the file held. The supervisor starts it again, and opening then names the file.
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
}
