using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>One partner's incident: a connected component of core nodes in that partner's view.</summary>
/// <param name="Name">The core node whose identifier is shown: the longest in an unbroken run as core; ties by order.</param>
/// <param name="Core">Its core nodes, sorted.</param>
/// <param name="Links">Pairs of core nodes that one sighting names, or a contribution joins, and none splits; sorted.</param>
/// <param name="Fringe">What else the core's sightings name, sorted; at most <see cref="IncidentWalk.FringeMax"/>.</param>
/// <param name="Contributions">What was said of it: the contributions of whose observables each is core, in <see cref="EvidenceOrder"/>;
/// at most <see cref="Bounds.ContributionsShownMax"/>.</param>
/// <param name="IsTruncated">Whether there is more than the bounds of a walk let through.</param>
internal sealed record Incident(
    Observable Name, ImmutableArray<CoreNode> Core, ImmutableArray<(Observable One, Observable Two)> Links,
    ImmutableArray<Observable> Fringe, ImmutableArray<DisclosedSighting> Contributions, bool IsTruncated)
{
    /// <summary>The Member States that saw something of its core within the window. One may come several times.</summary>
    public IEnumerable<string> MemberStates => Core.SelectMany(node => node.MemberStates);

    /// <summary>The sectors that it concerns, as <see cref="TrendName.OfSector"/> makes them: those of its core, and those that its
    /// contributions name. One may come twice.</summary>
    public IEnumerable<string> Sectors => Core.SelectMany(node => node.Sectors).Concat(Contributions
        .Select(said => TrendName.OfSector(said.Contribution!.Sector)).OfType<TrendName>().Select(name => name.Text));
}

/// <summary>A core node.</summary>
/// <param name="Observable">What it is.</param>
/// <param name="MemberStates">The Member States that saw it within the window, sorted.</param>
/// <param name="Since">The hour since which it is core; Unix milliseconds UTC.</param>
/// <param name="LastSeen">When it was last seen or spoken of, as disclosed; Unix milliseconds UTC.</param>
/// <param name="Sectors">The sectors of the assets on which it was seen within the window, the newest first.</param>
internal sealed record CoreNode(
    Observable Observable, ImmutableArray<string> MemberStates, long Since, long LastSeen, ImmutableArray<string> Sectors);
