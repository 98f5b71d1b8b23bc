using System.CommandLine;

namespace CrossBorderSoc.Cli.Running;

/// <summary>Bounds on the numbers of the command line.</summary>
internal static class OptionBounds
{
    /// <summary>Refuses a value outside these two, which are allowed themselves.</summary>
    public static void Bound(this Option<int> option, int min, int max) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 0 || result.Errors.Any()) return;
        var value = result.GetValueOrDefault<int>();
        if (value < min || value > max) result.AddError($"{option.Name} takes {min} to {max}.");
    });
}
