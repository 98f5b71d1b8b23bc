namespace CrossBorderSoc.Silo.Hosting;

/// <summary>What the command line says of a node.</summary>
/// <param name="Data">The data directory: store and development identities, unless configured elsewhere.</param>
/// <param name="Consortium">Directory with <c>organisations.json</c> and <c>agreements.json</c>, or null to keep the stored policy.</param>
/// <param name="Clock">Development only: where the node's clock starts, UTC; null for the system's.</param>
/// <param name="Demo">Whether to load and show the demonstration.</param>
/// <param name="Warninglists">Directory of warninglists, or null for what the configuration says.</param>
/// <param name="Settings">File of settings above those of appsettings.json, or null for none.</param>
public sealed record NodeOptions(
    string Data, string? Consortium, DateTimeOffset? Clock, bool Demo, string? Warninglists = null, string? Settings = null)
{
    /// <summary>Where webhooks keep how far they have told.</summary>
    public string WebhookDirectory => Path.Combine(Data, "webhooks");
}
