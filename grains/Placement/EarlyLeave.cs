using Orleans.Runtime;

namespace CrossBorderSoc.Grains.Placement;

/// <summary>
/// Lets an actor that has nothing to keep go as soon as nobody asks it any more, so that questions about values that do not exist
/// fill no memory. It stays while it is being asked: one that left after every answer would send those who wait from one
/// activation to the next until the grid gives up on them.
/// </summary>
internal sealed class EarlyLeave
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly IGrainBase _actor;
    private readonly IGrainTimer _timer;
    private bool _wasAsked;

    private EarlyLeave(IGrainBase actor)
    {
        _actor = actor;
        _timer = actor.RegisterGrainTimer(LeaveIfQuiet, new GrainTimerCreationOptions(Quiet, Quiet));
    }

    /// <summary>Called at each answer, within the actor's turn.</summary>
    /// <param name="leave">Where the actor keeps it; null while it has something.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="hasNothing">Whether the actor has nothing to keep.</param>
    public static void Answered(ref EarlyLeave? leave, IGrainBase actor, bool hasNothing)
    {
        if (hasNothing)
        {
            leave ??= new(actor);
            leave._wasAsked = true;
            return;
        }
        leave?._timer.Dispose();
        leave = null;
    }

    private Task LeaveIfQuiet(CancellationToken cancellation)
    {
        if (!_wasAsked) _actor.DeactivateOnIdle();
        _wasAsked = false;
        return Task.CompletedTask;
    }
}
