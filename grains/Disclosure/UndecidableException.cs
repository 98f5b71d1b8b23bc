namespace CrossBorderSoc.Grains.Disclosure;

/// <summary>
/// What a caller may see cannot be decided here and now. The whole call has to fail as unavailable; it is never rendered as
/// absence (design 3.1.4). The message names no value and no organisation.
/// </summary>
public sealed class UndecidableException(string message) : Exception(message)
{
    /// <summary>The statement was accepted under a policy version that the history at hand does not hold yet.</summary>
    internal static UndecidableException PolicyUnknown() =>
        new("A statement is of a policy version that this history does not hold.");
}
