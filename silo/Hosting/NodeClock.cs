namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Development only: a clock that starts at a given instant and goes on from there.</summary>
internal sealed class NodeClock : TimeProvider
{
    private readonly DateTimeOffset _start;
    private readonly long _startedAt;

    public NodeClock(DateTimeOffset start) => (_start, _startedAt) = (start, GetTimestamp());

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_startedAt);
}
