using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// Reads those lists of a directory again whose files change. Lists that cannot be used are told in the log, with file and place, and
/// those in force stay. The first ones are read before anything starts.
/// </summary>
internal sealed class WarninglistReload(
    WarninglistsInForce lists, IOptions<GatewayOptions> options, TimeProvider time, ILogger<WarninglistReload> log) : BackgroundService
{
    /// <summary>How often the files are looked at.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private string _judged = "";

    /// <summary>Reads the first lists.</summary>
    /// <exception cref="WarninglistsRefusedException">They cannot be used.</exception>
    public void ReadFirst()
    {
        // What changes while they are read is found at the first look.
        if (options.Value.Warninglists is { } directory) _judged = WarninglistFiles.StampOf(directory);
        log.LogInformation("{Count} warninglists read.", lists.Current.Count);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Warninglists is not { } directory) return;
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (WarninglistFiles.StampOf(directory) is var stamp && stamp != _judged) Reload(directory, stamp);
    }

    private void Reload(string directory, string stamp)
    {
        try
        {
            var read = new WarninglistSet(WarninglistFiles.ReadDirectory(directory));
            // Somebody is still writing: at the next look.
            if (WarninglistFiles.StampOf(directory) != stamp) return;
            lists.Replace(read);
            log.LogInformation("{Count} warninglists read from {Directory}.", lists.Current.Count, directory);
        }
        catch (WarninglistsRefusedException e)
        {
            log.LogError(e, "The warninglists in {Directory} cannot be used; those in force stay. {Problem}", directory, e.Message);
        }
        _judged = stamp;
    }
}
