namespace CrossBorderSoc.Contracts.Policy;

/// <summary>This node's copy of the consortium's policy, and the grid's time.</summary>
public interface IPolicyReplica
{
    /// <summary>How long a lease on the policy lasts; how long an answer may be in the making.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The newest policy while this node's lease is valid, else null: without it nothing is told or released between organisations, and an owner is
    /// answered about its own sightings alone (decision 0021).
    /// </summary>
    PolicyHistory? Current { get; }

    /// <summary>The newest policy that this node has seen, lease or not: enough to take sightings in and to know who asks, never to decide
    /// what of others is told. Null before the first.</summary>
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
