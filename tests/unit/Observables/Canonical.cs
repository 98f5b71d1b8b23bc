using CrossBorderSoc.Contracts.Observables;
using Shouldly;

namespace CrossBorderSoc.Tests.Unit.Observables;

/// <summary>What the tests of observables ask of the parser, in few words.</summary>
internal static class Canonical
{
    public static string Of(string type, string value)
    {
        var parsed = ObservableParser.TryParse(type, value, out var observable, out var error);
        parsed.ShouldBeTrue($"{type} '{value}' refused: {error}");
        return observable.Text;
    }

    public static string TypeOf(string type, string value)
    {
        ObservableParser.TryParse(type, value, out var observable, out var error).ShouldBeTrue($"'{value}': {error}");
        return ObservableTypes.NameOf(observable.Type);
    }

    public static ObservableError Refusal(string type, string value)
    {
        ObservableParser.TryParse(type, value, out var observable, out var error)
            .ShouldBeFalse($"{type} '{value}' accepted as {observable}");
        observable.ShouldBe(default);
        return error;
    }

    /// <summary>
    /// False with a sentence where a second round gives another text or type, or another string instance.
    /// </summary>
    public static string? Unstable(ObservableType type, string value)
    {
        if (!ObservableParser.TryParse(type, value, out var once, out _)) return null;
        if (!ObservableParser.TryParse(once.Type, once.Text, out var twice, out var error))
            return $"{type} '{value}' -> '{once.Text}' -> {error.Reason}: {error.Message}";
        if (once != twice) return $"{type} '{value}' -> {once} -> {twice}";
        return ReferenceEquals(once.Text, twice.Text) ? null : $"{once} was canonical and got copied";
    }
}
