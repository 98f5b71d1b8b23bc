namespace CrossBorderSoc.Contracts.Views;

/// <summary>How far a caller has been told of the changes of one home. For gateways: a client gets it sealed.</summary>
/// <param name="Position">The ledger's position up to which (inclusive) it is told; of a foreign home, what of it had come to the hub.</param>
/// <param name="At">The instant up to which what time and policy change is told; Unix milliseconds UTC.</param>
/// <param name="PolicyVersion">The number of the policy version at that instant.</param>
/// <param name="Epoch">The ledger's epoch: in another one a position says nothing.</param>
[GenerateSerializer, Immutable, Alias("ChangePlace")]
public readonly record struct ChangePlace(
    [property: Id(0)] long Position, [property: Id(1)] long At, [property: Id(2)] int PolicyVersion, [property: Id(3)] int Epoch = 1);
