using System.Text;
using CrossBorderSoc.Contracts.Observables.Normalisers;

namespace CrossBorderSoc.Contracts.Observables;

/// <summary>
/// The only maker of observables: from what people and tools write to the one canonical text that is a value's
/// identity. Total (never throws for any input) and idempotent; a value that is canonical already costs no allocation.
/// </summary>
public static class ObservableParser
{
    /// <summary>
    /// Longest input looked at, in UTF-16 units; an input shrinks by refanging and decoding, but never so much.
    /// </summary>
    public const int InputCharsMax = 4 * Bounds.ObservableBytesMax;

    /// <summary>
    /// Makes an observable of a type's name and a value as written; false with the field and the reason.
    /// </summary>
    public static bool TryParse(string typeName, string value, out Observable observable, out ObservableError error)
    {
        if (ObservableTypes.Find(typeName) is { } kind) return TryParse(kind, value, out observable, out error);
        return UnknownType(out observable, out error);
    }

    /// <summary>
    /// Makes an observable of a type and a value as written; false with the field and the reason. The canonical type
    /// may be another than the asked one: the literal decides between the two address families.
    /// </summary>
    public static bool TryParse(
        ObservableType type, string value, out Observable observable, out ObservableError error)
    {
        if (ObservableTypes.Find(type) is { } kind) return TryParse(kind, value, out observable, out error);
        return UnknownType(out observable, out error);
    }

    /// <summary>
    /// The type of a bare value, as a person types it: hash of a file by its length, address, network, URL, e-mail
    /// address, domain name with a dot, CVE, CPE, JA4, AS number with its prefix;
    /// <see cref="ObservableType.Unspecified"/> for anything else.
    /// </summary>
    public static ObservableType Guess(string value)
    {
        foreach (var kind in ObservableTypes.InGuessingOrder)
        {
            if (TryParse(kind, value, out var observable, out _) && kind.MayGuess(value.Trim(), observable.Text))
                return observable.Type;
        }
        return ObservableType.Unspecified;
    }

    private static bool TryParse(
        ObservableKind kind, string value, out Observable observable, out ObservableError error)
    {
        observable = default;
        error = default;
        if (value.Length > InputCharsMax) return Refuse(ObservableError.TooLong, TooLongMessage, out error);
        var text = value.Trim();
        if (text.Length == 0) return Refuse(ObservableError.Empty, "The value is empty.", out error);
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !IsText(text, out error)) return false;

        var canonical = kind.Normalise(text);
        if (canonical.Text is null) return Refuse(kind.InvalidReason, canonical.Problem!, out error);
        if (IsTooLong(canonical.Text)) return Refuse(ObservableError.TooLong, TooLongMessage, out error);
        observable = new Observable(canonical.Type, canonical.Text);
        return true;
    }

    private static string TooLongMessage { get; } =
        $"The canonical text may have at most {Bounds.ObservableBytesMax} bytes of UTF-8.";

    private static bool IsTooLong(string text) =>
        text.Length > Bounds.ObservableBytesMax / 3
        && System.Text.Encoding.UTF8.GetByteCount(text) > Bounds.ObservableBytesMax;

    private static bool IsText(string text, out ObservableError error)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                return Refuse(ObservableError.NotUnicode, "The value holds half of a surrogate pair.", out error);
            if (Rune.IsControl(rune))
                return Refuse(ObservableError.ControlCharacter, "The value holds a control character.", out error);
            at += rune.Utf16SequenceLength;
        }
        error = default;
        return true;
    }

    private static bool UnknownType(out Observable observable, out ObservableError error)
    {
        observable = default;
        error = new ObservableError(
            "type", ObservableError.UnknownType, $"The observable type is none of: {ObservableTypes.Names}.");
        return false;
    }

    private static bool Refuse(string reason, string message, out ObservableError error)
    {
        error = new ObservableError("value", reason, message);
        return false;
    }
}
