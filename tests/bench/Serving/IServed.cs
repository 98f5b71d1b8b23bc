namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>A server of a run, as its control loop sees it.</summary>
internal interface IServed : IAsyncDisposable
{
    /// <summary>Ledger records that the hub has not applied yet.</summary>
    long PendingRecords { get; }

    /// <summary>Activates actors and measures what each takes; see the command <c>memory</c>.</summary>
    Task<string> MeasureMemory(string arguments);
}
