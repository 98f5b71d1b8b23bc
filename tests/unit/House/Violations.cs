using Xunit;

namespace CrossBorderSoc.Tests.Unit.House;

/// <summary>What breaks a rule of the house, told all at once, each with its place.</summary>
internal static class Violations
{
    /// <summary>Fails when there is any, and names them.</summary>
    public static void ShouldBeNone(this IEnumerable<string> violations, string rule)
    {
        var all = violations.Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0) Assert.Fail($"{rule}:\n  {string.Join("\n  ", all)}");
    }
}
