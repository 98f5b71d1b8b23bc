using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;

namespace CrossBorderSoc.Gateway;

/// <summary>The doors of the grid's homes, as the gateway uses them.</summary>
public interface IGrid
{
    /// <summary>A door for batches into a home.</summary>
    IIntake Intake(Home home);

    /// <summary>A door for questions to a home.</summary>
    IInquiry Inquiry(Home home);
}

/// <summary>The doors as actors; calls are spread over the lanes of a home in turn.</summary>
internal sealed class ActorGrid(IGrainFactory actors) : IGrid
{
    private int _lane;

    public IIntake Intake(Home home) => actors.GetGrain<IIntake>(NextLane(home));

    public IInquiry Inquiry(Home home) => actors.GetGrain<IInquiry>(NextLane(home));

    private string NextLane(Home home) => ActorKeys.Lane(home, Interlocked.Increment(ref _lane));
}
