using CrossBorderSoc.Contracts.Actors;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>A silo that takes calls at its doors and answers none of them, from a moment on.</summary>
internal sealed class Stall : IIncomingGrainCallFilter
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOn;
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    public void Start() => _isOn = true;

    public void Release()
    {
        _isOn = false;
        _released.TrySetResult();
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (_isOn && context.InterfaceMethod.DeclaringType is { } door && (door == typeof(IInquiry) || door == typeof(IIntake)))
        {
            Interlocked.Increment(ref _waiting);
            await _released.Task;
        }
        await context.Invoke();
    }
}
