using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Commit;
using CrossBorderSoc.Silo.Storage;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>The queue before the committer holds no more than it says, whatever callers do.</summary>
public sealed class CommitQueueTests : IDisposable
{
    private readonly CommitQueue queue = new(new QueueBounds
    {
        QueueItemsMax = 2,
        QueueBytesMax = 100,
        WaitingMax = 3,
        WaitingBytesMax = 50,
        GroupItemsMax = 2,
    });

    public void Dispose() => queue.Dispose();

    [Theory]
    [InlineData(1, 3)]
    [InlineData(20, 2)]
    public void Add_BeyondWhatMayWait_IsRefused(int bytes, int waiting)
    {
        for (var i = 0; i < 2 + waiting; i++) queue.Add(Write(bytes), default);
        Should.Throw<StoreUnavailableException>(() => queue.Add(Write(bytes), default)).CannotWrite.ShouldBeFalse();
        queue.Take([], TimeSpan.Zero).ShouldBeTrue();
        for (var i = 0; i < 2; i++) queue.Add(Write(bytes), default);
        Should.Throw<StoreUnavailableException>(() => queue.Add(Write(bytes), default));
    }

    [Fact]
    public void Add_OneThatIsLargerThanAllMayBe_StillWaits()
    {
        for (var i = 0; i < 2; i++) queue.Add(Write(1), default);
        queue.Add(Write(1_000), default);
        Should.Throw<StoreUnavailableException>(() => queue.Add(Write(1), default));
    }

    [Fact]
    public async Task Add_WhoeverGivesUp_LeavesRoom()
    {
        using var patience = new CancellationTokenSource();
        for (var i = 0; i < 2; i++) queue.Add(Write(1), default);
        var waiting = Enumerable.Range(0, 3).Select(_ => Write(1)).ToList();
        foreach (var write in waiting) queue.Add(write, patience.Token);
        await patience.CancelAsync();
        foreach (var write in waiting) await Should.ThrowAsync<OperationCanceledException>(() => write.Task);
        for (var i = 0; i < 3; i++) queue.Add(Write(1), default);
    }

    private static PendingDocument Write(int bytes) => new(new HomeLedger(new("BE")), [1], new byte[bytes]);
}
