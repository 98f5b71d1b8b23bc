using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Silo.Redis;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Redis;

/// <summary>What a silo makes of a ledger's state that it is told.</summary>
public sealed class LedgerStateTests
{
    private static readonly Guid Ledger = new("00000000-0000-0000-0000-000000000001");
    private static readonly LedgerState Known = State(2, head: 10, retired: 5, from: 4);

    [Theory]
    [InlineData(2, 10, false)]
    [InlineData(2, 9, true)]
    [InlineData(3, 9, false)]
    [InlineData(1, 99, true)]
    public void Below_IsALowerHead_OrAnOlderEpoch(int epoch, long head, bool below) => State(epoch, head).IsBelow(Known).ShouldBe(below);

    [Fact]
    public void Below_IsEveryOtherLedger() => new LedgerState(new(Guid.Empty, 9), 99, 0, 0).IsBelow(Known).ShouldBeTrue();

    [Theory]
    [InlineData(2, 4, false)]
    [InlineData(3, 10, false)]
    [InlineData(3, 9, true)]
    [InlineData(1, 0, false)]
    [InlineData(4, 10, false)]
    [InlineData(4, 9, true)]
    public void Lost_IsWhatLiesAboveTheLeastStartOfTheEpochsSince(int epoch, long from, bool lost) =>
        Known.IsLostIn(State(epoch, head: 12, from: from)).ShouldBe(lost);

    [Fact]
    public void MoreOfTheSameEpoch_TakesTheNewestOfEach() =>
        Known.With(State(2, head: 9, retired: 6, from: 4)).ShouldBe(State(2, head: 10, retired: 6, from: 4));

    [Fact]
    public void ANewEpoch_IsTakenAsItIs() =>
        Known.With(State(3, head: 10, retired: 2, from: 10)).ShouldBe(State(3, head: 10, retired: 2, from: 10));

    private static LedgerState State(int epoch, long head, long retired = 0, long from = 0) => new(new(Ledger, epoch), head, retired, from);
}
