namespace CrossBorderSoc.Contracts.Observables;

/// <summary>
/// Why something has no canonical text. Says nothing of the refused value, whose length and bytes are a stranger's.
/// </summary>
/// <param name="Field"><c>type</c> or <c>value</c>.</param>
/// <param name="Reason">Machine-readable, in UPPER_SNAKE: one of the constants here or <c>INVALID_</c> and the type's
/// name.</param>
/// <param name="Message">One sentence for a human.</param>
public readonly record struct ObservableError(string Field, string Reason, string Message)
{
    /// <summary>Reason: the type's name is not in <see cref="ObservableTypes"/>.</summary>
    public const string UnknownType = "UNKNOWN_OBSERVABLE_TYPE";

    /// <summary>Reason: nothing but white space.</summary>
    public const string Empty = "OBSERVABLE_EMPTY";

    /// <summary>Reason: over <see cref="Bounds.ObservableBytesMax"/> bytes, or so long that nobody looked.</summary>
    public const string TooLong = "OBSERVABLE_TOO_LONG";

    /// <summary>Reason: a control character (C0, DEL or C1) inside the value.</summary>
    public const string ControlCharacter = "OBSERVABLE_HAS_CONTROL_CHARACTER";

    /// <summary>Reason: half of a surrogate pair, so no Unicode text.</summary>
    public const string NotUnicode = "OBSERVABLE_NOT_UNICODE";
}
