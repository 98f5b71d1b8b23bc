using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints changes, one a line; signs of life not at all.</summary>
public static class ChangeRenderer
{
    /// <summary>Prints what a message of a watch tells.</summary>
    public static void Render(IAnsiConsole console, WatchResponse message)
    {
        switch (message.ChangeCase)
        {
            case WatchResponse.ChangeOneofCase.Indicator:
                Columns.Write(console, [[Instants.Text(message.At), "indicator", .. ListRenderer.Cells(message.Indicator)]]);
                break;
            case WatchResponse.ChangeOneofCase.Gone:
                Columns.Write(console, [[Instants.Text(message.At), "gone", message.Gone.Value, message.Gone.Type]]);
                break;
            case WatchResponse.ChangeOneofCase.Incident:
                Columns.Write(console, [[Instants.Text(message.At), "incident", .. ListRenderer.Cells(message.Incident)]]);
                break;
            case WatchResponse.ChangeOneofCase.IncidentGone:
                var gone = message.IncidentGone;
                Columns.Write(console, [[Instants.Text(message.At), "incident gone", gone.Id, gone.Observable.Value, gone.Observable.Type]]);
                break;
            case WatchResponse.ChangeOneofCase.ListAgain:
                Columns.Write(console, [[Instants.Text(message.At), "More changed than is told one by one: list again."]]);
                break;
        }
    }
}
