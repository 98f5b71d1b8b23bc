namespace CrossBorderSoc.Contracts.Policy;

/// <summary>This node's copy of the consortium's policy.</summary>
public interface IPolicyReplica
{
    /// <summary>
    /// The newest policy while this node's lease is valid, else null: without it every call between organisations fails as
    /// unavailable, and owners still see their own.
    /// </summary>
    PolicyHistory? Current { get; }

    /// <summary>The newest policy that this node has seen, lease or not: enough to take sightings in and to show owners their
    /// own. Null before the first.</summary>
    PolicyHistory? LastKnown { get; }

    /// <summary>The grid's time: the hub's, carried on by a monotonic clock. Unix milliseconds UTC.</summary>
    long Now { get; }
}
