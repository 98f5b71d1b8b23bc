namespace CrossBorderSoc.Contracts.Identity;

/// <summary>
/// The signed token (JWT, ES256) of a caller, passed on as it came. It is the first argument of every call between nodes: no
/// token, no answer. Only a verified token says who calls; nothing else in a message does.
/// </summary>
/// <param name="Text">The compact serialisation.</param>
[GenerateSerializer, Immutable, Alias("CallerToken")]
public readonly record struct CallerToken([property: Id(0)] string Text)
{
    /// <summary>Never the token: it is a secret.</summary>
    public override string ToString() => "(token)";
}
