using CrossBorderSoc.Contracts.Observables.Normalisers;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>All there is to know of one type of observable.</summary>
/// <param name="type">Its number.</param>
/// <param name="name">Its name in messages and files.</param>
/// <param name="normalise">From written to canonical text.</param>
/// <param name="guessable">Whether a text, as written without white space around it and as canonical, may be taken for
/// this type where nobody named one; null: always.</param>
internal sealed class ObservableKind(
    ObservableType type, string name, Normaliser normalise, Func<string, string, bool>? guessable = null)
{
    public ObservableType Type { get; } = type;

    public string Name { get; } = name;

    public Normaliser Normalise { get; } = normalise;

    public string InvalidReason { get; } = "INVALID_" + name.ToUpperInvariant().Replace('-', '_').Replace(':', '_');

    public bool MayGuess(string written, string canonical) =>
        guessable is null || guessable(written, canonical);
}
