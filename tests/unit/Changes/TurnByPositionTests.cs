using CrossBorderSoc.Grains.Changes;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Changes;

/// <summary>By turns who stands at the lowest position and who waits longest has the next turn, and there is one at a time.</summary>
public sealed class TurnByPositionTests
{
    [Fact]
    public void Turn_GoesToTheLowestPositionAndToTheLongestWait_OneAtATime()
    {
        var turns = new TurnByPosition();
        turns.Take(30).IsCompleted.ShouldBeTrue();
        var waiting = new[] { 40L, 20, 5, 10 }.ToDictionary(position => position, turns.Take);
        foreach (var next in new[] { 5L, 40, 10, 20 })
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
