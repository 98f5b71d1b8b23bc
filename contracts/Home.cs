namespace CrossBorderSoc.Contracts;

/// <summary>
/// Where actors and stores live: a jurisdiction (ISO 3166 code of a Member State, <c>GR</c> for Greece, or <c>EU</c>), or
/// <see cref="Hub"/>. Two upper-case letters, or <c>hub</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("Home")]
public readonly record struct Home([property: Id(0)] string Code)
{
    /// <summary>The hub.</summary>
    public static readonly Home Hub = new("hub");

    /// <summary>Whether this is the hub.</summary>
    public bool IsHub => Code == Hub.Code;

    /// <inheritdoc/>
    public override string ToString() => Code;
}
