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

    public IIntake Intake(Home home) => Door<IIntake>(home);

    public IInquiry Inquiry(Home home) => Door<IInquiry>(home);

    // A gateway without actors of its own knows their types from the nodes that are there.
    private TDoor Door<TDoor>(Home home) where TDoor : IGrainWithStringKey
    {
        try
        {
            return actors.GetGrain<TDoor>(NextLane(home));
        }
        catch (ArgumentException e)
        {
            throw new GridUnavailableException("No node that carries a home is there.", e);
        }
    }

    private string NextLane(Home home) => ActorKeys.Lane(home, Interlocked.Increment(ref _lane));
}
