namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// What webhooks keep at their node over crashes, by the name of the webhook: how far each has told, and what it gave up. The host brings it.
/// Everything is on disk when a call returns. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IWebhookFiles
{
    /// <summary>The cursor that was saved last, or null when there was none.</summary>
    string? ReadCursor(string webhook);

    /// <summary>Replaces the cursor: a crash leaves the old one or the new one.</summary>
    void SaveCursor(string webhook, string cursor);

    /// <summary>Adds a line to the webhook's dead letters; of too many the oldest go.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="line">One line of JSON, without its end.</param>
    void AddDeadLetter(string webhook, string line);
}
