using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Placement;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>
/// A home in an embedded database is carried by exactly one silo: two would each have a part of its ledger. Before this silo becomes
/// active it looks for another one that carries such a home of its own. One that gives a sign of life stops this one; one that gives none
/// for as long as the cluster would wait for it died, and is waited for no longer. By no clock but this node's own.
/// </summary>
internal sealed class CarriedOnce(
    ImmutableArray<Home> homes, IMembershipTable members, ILocalSiloDetails own, IOptions<ClusterMembershipOptions> options, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _silentFor = options.Value.IAmAliveTablePublishTimeout * options.Value.NumMissedTableIAmAliveLimit;

    // Of each other carrier the first sign of life that was seen, and when.
    private readonly Dictionary<SiloAddress, (DateTime Sign, long At)> _seen = [];

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(CarriedOnce), ServiceLifecycleStage.ApplicationServices, WaitUntilAlone);

    private async Task WaitUntilAlone(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (IsAnother(await members.ReadAllAsync(cancellation))) await timer.WaitForNextTickAsync(cancellation);
    }

    private bool IsAnother(MembershipTableData table)
    {
        var isAnother = false;
        foreach (var (member, _) in table.Members)
        {
            if (!Precedes(member) || homes.FirstOrDefault(home => CarriedHomes.Carries(member.SiloName, home.Code)) is not { Code: not null } home)
                continue;
            if (!_seen.TryGetValue(member.SiloAddress, out var first))
                _seen[member.SiloAddress] = first = (member.IAmAliveTime, time.GetTimestamp());
            if (member.IAmAliveTime != first.Sign)
                // An exception here would be told as a failure of the cluster, four times, and take its time.
                NodeCommand.Refuse($"Node:Homes: {home} is carried by the silo {member.SiloName} at {member.SiloAddress.Endpoint} already, "
                    + "and an embedded database is of one silo only.");
            isAnother |= time.GetElapsedTime(first.At) < _silentFor;
        }
        return isAnother;
    }

    // Of two that come at the same time one goes first.
    private bool Precedes(MembershipEntry member) => !member.SiloAddress.Equals(own.SiloAddress) && member.Status switch
    {
        SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping => true,
        SiloStatus.Joining => member.SiloAddress.CompareTo(own.SiloAddress) < 0,
        _ => false,
    };
}
