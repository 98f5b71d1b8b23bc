using CrossBorderSoc.Grains.Changes;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Changes;

/// <summary>Who stands at the lowest position has the next turn, and there is one at a time.</summary>
public sealed class TurnByPositionTests
{
    [Fact]
    public void Turn_GoesToTheLowestPosition_OneAtATime()
    {
        var turns = new TurnByPosition();
        turns.Take(30).IsCompleted.ShouldBeTrue();
        var waiting = new[] { 20L, 5, 10 }.ToDictionary(position => position, turns.Take);
        foreach (var next in new[] { 5L, 10, 20 })
        {
            waiting.Values.ShouldAllBe(turn => !turn.IsCompleted);
            turns.End();
            waiting.Remove(next, out var turn).ShouldBeTrue();
            turn!.IsCompleted.ShouldBeTrue();
        }
        turns.End();
        turns.Take(1).IsCompleted.ShouldBeTrue();
    }
}
