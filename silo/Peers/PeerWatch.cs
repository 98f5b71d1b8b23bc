using Microsoft.AspNetCore.Connections;

namespace CrossBorderSoc.Silo.Peers;

/// <summary>
/// Reads the node's certificate files again, and closes connections of silos whose certificate no longer holds: it ended, was revoked, or does not
/// carry the name that membership has come to give the silo.
/// </summary>
internal sealed partial class PeerWatch(
    NodeCertificates certificates, ConnectedPeers peers, IClusterMembershipService members, TimeProvider time, ILogger<PeerWatch> logger)
    : BackgroundService
{
    /// <summary>How often the files are read.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Files(stoppingToken), Names(stoppingToken));

    private async Task Files(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, time);
        var told = "";
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                if (certificates.Reload()) LogRotated(logger, certificates.Now.Certificate.SerialNumber, certificates.Now.Certificate.NotAfter);
                told = "";
            }
            catch (InvalidDataException e)
            {
                // Once, and not every time.
                if (e.Message != told) LogKept(logger, told = e.Message);
            }
            CloseWhatNoLongerHolds(members.CurrentSnapshot);
        }
    }

    private async Task Names(CancellationToken cancellation)
    {
        await foreach (var snapshot in members.MembershipUpdates.WithCancellation(cancellation)) CloseWhatNoLongerHolds(snapshot);
    }

    private void CloseWhatNoLongerHolds(ClusterMembershipSnapshot snapshot)
    {
        foreach (var peer in peers.All)
        {
            var name = snapshot.Members.GetValueOrDefault(peer.Silo)?.Name;
            var verdict = certificates.Judge(peer.Certificate, peer.Use, identity => name is null || identity.Covers(name));
            if (verdict == PeerVerdict.Accepted) continue;
            LogClosed(logger, peer.Silo, name, verdict);
            peer.Connection.Abort(new ConnectionAbortedException($"The certificate of {peer.Silo} no longer holds: {verdict}."));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The node shows the certificate {Serial} from now on, until {End:O}.")]
    private static partial void LogRotated(ILogger logger, string serial, DateTime end);

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate files cannot be used, and what was read before stays in force: {Reason}")]
    private static partial void LogKept(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection with {Silo}, named {Name}, is closed: {Verdict}.")]
    private static partial void LogClosed(ILogger logger, SiloAddress silo, string? name, PeerVerdict verdict);
}
