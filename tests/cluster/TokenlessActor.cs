using CrossBorderSoc.Contracts.Identity;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>An actor whose interface is neither of the contracts nor of Orleans: somebody forgot the token.</summary>
[Alias("ITokenlessActor")]
public interface ITokenlessActor : IGrainWithStringKey
{
    /// <summary>Has nothing to say who calls.</summary>
    [Alias("Tell")]
    ValueTask<string> Tell();

    /// <summary>Has a token, though not first.</summary>
    [Alias("TellLate")]
    ValueTask<string> TellLate(int number, CallerToken caller);

    /// <summary>Has it where it belongs.</summary>
    [Alias("TellCaller")]
    ValueTask<string> TellCaller(CallerToken caller);
}

/// <inheritdoc cref="ITokenlessActor"/>
public sealed class TokenlessActor : Grain, ITokenlessActor
{
    /// <inheritdoc/>
    public ValueTask<string> Tell() => ValueTask.FromResult("told");

    /// <inheritdoc/>
    public ValueTask<string> TellLate(int number, CallerToken caller) => Tell();

    /// <inheritdoc/>
    public ValueTask<string> TellCaller(CallerToken caller) => Tell();
}
