using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Grains.Identity;

/// <summary>
/// Stands before every method of every actor: what cannot be decided fails the whole call as unavailable and is never rendered as
/// absence (design 3.1.4). A new actor is covered from its first day.
/// </summary>
public sealed class UndecidableFilter : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (UndecidableException e)
        {
            throw new GridUnavailableException("What the caller may see cannot be decided now.", e);
        }
    }
}
