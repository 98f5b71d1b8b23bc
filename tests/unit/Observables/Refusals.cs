using Shouldly;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>What a refusal by a type's own rules looks like.</summary>
internal static class Refusals
{
    public static void AreOf(string type, string value)
    {
        var error = Canonical.Refusal(type, value);
        var reason = "INVALID_" + type.ToUpperInvariant().Replace('-', '_').Replace(':', '_');
        (error.Field, error.Reason).ShouldBe(("value", reason));
        error.Message.Length.ShouldBeInRange(1, 200);
        // A short value may stand in the sentence by chance.
        if (value.Length > 8) error.Message.ShouldNotContain(value);
    }
}
