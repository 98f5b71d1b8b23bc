using CrossBorderSoc.Gateway.Errors;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>The policy versions that decided the parts of an answer.</summary>
internal sealed class PolicyVersions
{
    private readonly Lock _lock = new();
    private int? _first;

    /// <summary>Whether two parts were decided under different versions.</summary>
    public bool Differ { get; private set; }

    /// <summary>Adds that of a part.</summary>
    public void Add(int version)
    {
        lock (_lock) Differ |= (_first ??= version) != version;
    }
}

/// <summary>One answer uses one policy version (design, section 5): it is put together again until all parts agree.</summary>
internal static class OnePolicy
{
    private const int RoundsMax = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first answer whose parts agree.</summary>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: they never did.</exception>
    public static async Task<T> Answer<T>(TimeProvider time, Func<PolicyVersions, Task<T>> ask)
    {
        for (var round = 1; round <= RoundsMax; round++)
        {
            var versions = new PolicyVersions();
            var answer = await ask(versions);
            if (!versions.Differ) return answer;
            await Task.Delay(Pause * round, time);
        }
        throw Refused.Unavailable();
    }
}
