namespace CrossBorderSoc.Contracts.Policy;

/// <summary>This node's copy of the consortium's policy, and the grid's time.</summary>
public interface IPolicyReplica
{
    /// <summary>
    /// The newest policy while this node's lease is valid, else null: without it every question is unavailable, also that of an
    /// owner about its own sightings, since one answer is made of hub and home (decision 0005).
    /// </summary>
    PolicyHistory? Current { get; }

    /// <summary>The newest policy that this node has seen, lease or not: enough to take sightings in and to release them, never to
    /// answer a question. Null before the first.</summary>
    PolicyHistory? LastKnown { get; }

    /// <summary>
    /// The grid's time: the hub's, carried on by a monotonic clock. Unix milliseconds UTC. It never goes back and is never ahead of
    /// the hub's, so nothing opens early. It is behind by at most the time that the hub's answer took to arrive, which is less than
    /// the lease while there is one. Before the first policy it is this node's own clock, by which nothing is disclosed.
    /// </summary>
    long Now { get; }

    /// <summary>
    /// Whether what is visible at an instant may be told now: the lease is valid, and the instant lies within one lease of the
    /// grid's time. However late this node's time is, the instant lies at most one lease before the hub's time; so whatever ends is
    /// shown at most that much longer.
    /// </summary>
    /// <param name="instant">Unix milliseconds UTC.</param>
    bool Accepts(long instant);
}
