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
        if (response.UnavailableJurisdictions.Count > 0)
            console.Write(new Text(
                $"Full detail is missing from {string.Join(", ", response.UnavailableJurisdictions.Select(SafeText.Of))}: "
                + "out of reach now.\n",
                new Style(Color.Yellow)));
    }

    /// <summary>Prints the caller's view of an asset.</summary>
    public static void Render(IAnsiConsole console, AssetView view) => Write(console, Sheets.Of(view));

    private static void Write(IAnsiConsole console, Sheet sheet) =>
        console.Write(SheetPage.Of(sheet, console.Profile.Width, console.Profile.Capabilities.Unicode));
}
