using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Views;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// Who asks, and as of which instant. The gateway chooses one instant for all parts of an answer, so that what begins or ends
/// meanwhile counts in all of them or in none. An actor answers for it while <see cref="Policy.IPolicyReplica.Accepts"/> holds
/// on its own node, and is unavailable otherwise.
/// </summary>
/// <param name="Token">The caller's token, passed on as it came.</param>
/// <param name="At">The instant that is decided for, in the grid's time: Unix milliseconds UTC.</param>
/// <param name="Outlet">Through what the answer leaves the grid.</param>
/// <param name="IsOwnOnly">Whether only what the caller's own organisation said is asked for: that is answered without a lease on the policy, too,
/// and whatever the instant (decision 0021).</param>
[GenerateSerializer, Immutable, Alias("Question")]
public readonly record struct Question(
    [property: Id(0)] CallerToken Token, [property: Id(1)] long At, [property: Id(2)] Outlet Outlet = Outlet.Call,
    [property: Id(3)] bool IsOwnOnly = false);
