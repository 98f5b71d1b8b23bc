using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints views for people: safe whatever their texts hold, plain where the console is no terminal.</summary>
public static class IndicatorRenderer
{
    /// <summary>Prints the caller's view of an indicator.</summary>
    public static void Render(IAnsiConsole console, GetIndicatorResponse response)
    {
        Write(console, Sheets.Of(response.Indicator ?? new()));
        WriteUnavailable(console, response.UnavailableJurisdictions);
    }

    /// <summary>Prints the caller's view of an asset.</summary>
    public static void Render(IAnsiConsole console, AssetView view) => Write(console, Sheets.Of(view));

    /// <summary>Prints the caller's view of a technique or a sector.</summary>
    public static void Render(IAnsiConsole console, GetTrendResponse response)
    {
        Write(console, Sheets.Of(response.Trend ?? new()));
        WriteUnavailable(console, response.UnavailableJurisdictions);
    }

    internal static void WriteUnavailable(IAnsiConsole console, IReadOnlyCollection<string> jurisdictions)
    {
        if (jurisdictions.Count == 0) return;
        var missing = jurisdictions.Contains("hub")
            ? "The hub is out of reach: this is what your own organisation said, and nothing of anybody else."
            : $"Full detail is missing from {string.Join(", ", jurisdictions.Select(SafeText.Of))}: out of reach now.";
        console.Write(new Text(missing + "\n", new Style(Color.Yellow)));
    }

    private static void Write(IAnsiConsole console, Sheet sheet) =>
        console.Write(SheetPage.Of(sheet, console.Profile.Width, console.Profile.Capabilities.Unicode));
}
