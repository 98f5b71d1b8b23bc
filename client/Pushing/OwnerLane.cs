using System.Runtime.CompilerServices;

namespace CrossBorderSoc.Client.Pushing;

/// <summary>The rows of one owner that wait for its stream, in the order of the file.</summary>
internal sealed class OwnerLane(PushClient client, TimeProvider time)
{
    // How long an open stream waits for its owner's next row before it gives its place to another owner.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Queue<NumberedSighting> rows = new();
    private TaskCompletionSource? arrival;
    private bool running;

    public PushClient Client => client;

    /// <summary>The drain that runs, or the last one that did.</summary>
    public Task Draining { get; set; } = Task.CompletedTask;

    /// <summary>Adds a row. True when nobody drains the lane: the caller has to start that.</summary>
    public bool Add(NumberedSighting row)
    {
        lock (gate)
        {
            rows.Enqueue(row);
            arrival?.TrySetResult();
            var start = !running;
            running = true;
            return start;
        }
    }

    /// <summary>Ends a drain. True when rows came in meanwhile, and it has to go on.</summary>
    public bool GoOn()
    {
        lock (gate) return running = rows.Count > 0;
    }

    /// <summary>The rows until none came for a while.</summary>
    public async IAsyncEnumerable<NumberedSighting> DrainAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            while (TryTake(out var row)) yield return row;
            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var came = Arrival();
            var first = await Task.WhenAny(came, Task.Delay(Idle, time, done.Token));
            await done.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            if (first != came) yield break;
        }
    }

    private bool TryTake(out NumberedSighting row)
    {
        lock (gate) return rows.TryDequeue(out row);
    }

    private Task Arrival()
    {
        lock (gate)
        {
            if (rows.Count > 0) return Task.CompletedTask;
            arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return arrival.Task;
        }
    }
}
