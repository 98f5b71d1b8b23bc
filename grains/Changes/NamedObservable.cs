using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>An observable that records name: one instance in all records of a <see cref="DecodedLedger"/>, so that it is told apart by
/// reference.</summary>
internal sealed class NamedObservable(in Observable observable)
{
    /// <summary>The observable.</summary>
    public Observable Observable { get; } = observable;
}
