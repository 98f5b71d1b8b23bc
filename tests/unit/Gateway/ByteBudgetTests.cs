using CrossBorderSoc.Gateway.Push;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class ByteBudgetTests
{
    private readonly ByteBudget _budget = new(100);
    private readonly Share _greedy = new(60);
    private readonly Share _modest = new(60);

    private ValueTask Take(Share organisation, int bytes, CancellationToken cancellation = default) =>
        _budget.Take(organisation, new Share(100), bytes, cancellation);

    [Fact]
    public void Take_OneOrganisationAtItsShare_DoesNotHoldUpAnother()
    {
        Take(_greedy, 60).IsCompleted.ShouldBeTrue();
        Take(_greedy, 1).IsCompleted.ShouldBeFalse();
        Take(_modest, 40).IsCompleted.ShouldBeTrue();
        _budget.Held.ShouldBe(100);
    }

    [Fact]
    public async Task Return_LetsInWhoWaitedLongestAndFits()
    {
        var stream = new Share(100);
        await _budget.Take(_greedy, stream, 60, default);
        var large = Take(_modest, 60);
        var small = Take(_modest, 10);
        small.IsCompleted.ShouldBeFalse("a small one must not overtake a large one that waits for the whole");
        _budget.Return(_greedy, stream, 60);
        await large;
        _budget.Waiting.ShouldBe(1);
        small.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Cancel_WhileWaiting_HoldsNothing()
    {
        using var giveUp = new CancellationTokenSource();
        await Take(_greedy, 60);
        var waiting = Take(_greedy, 10, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await waiting);
        (_budget.Held, _budget.Waiting).ShouldBe((60, 0));
    }

    [Fact]
    public void Room_WhatHasArrivedAndWaits_Counts()
    {
        Take(_modest, 50).IsCompleted.ShouldBeTrue();
        _budget.Room(_greedy, new Share(100), 10, default).IsCompleted.ShouldBeTrue();
        var large = Take(_greedy, 60);
        large.IsCompleted.ShouldBeFalse();
        _budget.Held.ShouldBe(50);
        var room = _budget.Room(_modest, new Share(100), 10, default);
        room.IsCompleted.ShouldBeFalse("110 of 100 have arrived");
        _budget.Readers.ShouldBe(1);
    }

    [Fact]
    public async Task Room_WhenBytesComeBack_IsGivenToAsManyAsFit()
    {
        var stream = new Share(100);
        await _budget.Take(_greedy, stream, 60, default);
        await _budget.Take(_modest, stream, 40, default);
        var readers = Enumerable.Range(0, 4).Select(_ => _budget.Room(new Share(60), new Share(100), 25, default)).ToList();
        readers.Count(reader => reader.IsCompleted).ShouldBe(0);
        _budget.Return(_greedy, stream, 60);
        await readers[0];
        await readers[1];
        _budget.Readers.ShouldBe(2);
    }

    [Fact]
    public async Task Room_ReaderOnWhichNothingComes_HoldsNothing()
    {
        await _budget.Room(_greedy, new Share(100), 60, default);
        Take(_modest, 60).IsCompleted.ShouldBeTrue();
        _budget.Room(_greedy, new Share(100), 40, default).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Take_BeyondTheStreamsShare_Waits()
    {
        var stream = new Share(10);
        _budget.Take(_greedy, stream, 10, default).IsCompleted.ShouldBeTrue();
        _budget.Take(_greedy, stream, 1, default).IsCompleted.ShouldBeFalse();
    }
}
