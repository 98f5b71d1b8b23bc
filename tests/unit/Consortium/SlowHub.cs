using System.Reflection;
using System.Threading.Channels;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Grains.Identity;

namespace CrossBorderSoc.Tests.Unit.Consortium;

/// <summary>A hub whose every answer a test lets through, step by step.</summary>
internal sealed class SlowHub(Func<long> clock) : IConsortium, IDisposable
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly CancellationTokenSource _closed = new();

    public ChannelReader<Call> Calls => _calls.Reader;

    /// <summary>Lets go of whoever waits.</summary>
    public void Close() => _closed.Cancel();

    public void Dispose() => _closed.Dispose();

    public async ValueTask<PolicyCopy> Current(CallerToken node, int knownVersion)
    {
        var call = new Call();
        await _calls.Writer.WriteAsync(call);
        await call.Handle.Task.WaitAsync(_closed.Token);
        var now = clock();
        call.Read.SetResult(now);
        await call.Answer.Task.WaitAsync(_closed.Token);
        return new(1, knownVersion == 0 ? Gateway.Samples.Policy.ToBytes() : null, now);
    }

    /// <summary>One question under way.</summary>
    internal sealed class Call
    {
        public TaskCompletionSource Handle { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The hub's time in the answer, once it has been read.</summary>
        public TaskCompletionSource<long> Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A grain factory that knows one actor.</summary>
public class OneActor : DispatchProxy
{
    private object? _actor;

    public static IGrainFactory Factory(object actor)
    {
        var factory = Create<IGrainFactory, OneActor>();
        ((OneActor)(object)factory)._actor = actor;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _actor;
}

/// <summary>Tokens that nobody verifies.</summary>
internal sealed class NoTokens : IHomeTokens
{
    public CallerToken OfNode => new("");

    public CallerToken TokenOf(Home home) => new("");
}
