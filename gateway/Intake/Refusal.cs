namespace CrossBorderSoc.Gateway.Intake;

/// <summary>Why a sighting was refused. Echoes nothing of what was refused.</summary>
/// <param name="Field">Path of the field, such as <c>observables[3].value</c>.</param>
/// <param name="Reason">Machine-readable, in UPPER_SNAKE.</param>
/// <param name="Message">One sentence for a person.</param>
public readonly record struct Refusal(string Field, string Reason, string Message)
{
    /// <summary>Whether something was refused.</summary>
    public bool Exists => Field is not null;
}
