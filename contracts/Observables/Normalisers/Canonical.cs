namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// Turns text without surrounding white space, control characters and lone surrogates into its canonical form. Pure,
/// total, idempotent; returns the very string that it got where that is canonical.
/// </summary>
internal delegate Canonical Normaliser(string text);

/// <summary>What a normaliser found: a type and its canonical text, or the problem in one sentence.</summary>
internal readonly record struct Canonical(ObservableType Type, string? Text, string? Problem)
{
    public static Canonical Of(ObservableType type, string text) => new(type, text, null);

    public static Canonical Refuse(string problem) => new(ObservableType.Unspecified, null, problem);
}
