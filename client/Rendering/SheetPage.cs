using Spectre.Console;
using Spectre.Console.Rendering;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>
/// Lays one sheet out as lines. Nothing is cut: a key that is too long for its column has a line of its own. Texts go in
/// as they are, never as Spectre's markup.
/// </summary>
internal static class SheetPage
{
    /// <summary>Most rows of a section; the rest is counted.</summary>
    public const int RowsMax = 20;

    private const string Indent = "  ";
    private const int KeyWidthMax = 40;
    private static readonly Style Heading = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(Color.Grey);

    public static IRenderable Of(Sheet sheet, int width, bool unicode)
    {
        var lines = new List<IRenderable> { new Text(sheet.Title, Heading) };
        if (Sparkline.Over(Math.Clamp(width - 4, 10, 120), sheet.Days) is { } line)
        {
            lines.Add(new Text("By day", Heading));
            lines.Add(new Text($"{Indent}{line.Draw(sheet.Days, unicode)}"));
            lines.Add(new Text($"{Indent}{line.Legend()}", Quiet));
        }
        foreach (var section in sheet.Sections.Where(section => section.Rows.Count > 0)) Add(lines, section);
        return new Rows(lines);
    }

    private static void Add(List<IRenderable> lines, Section section)
    {
        lines.Add(new Text(section.Note.Length > 0 ? $"{section.Title} ({section.Note})" : section.Title, Heading));
        var shown = section.Rows.Take(RowsMax).ToList();
        var width = shown.Select(row => row.Key.Length).Where(length => length <= KeyWidthMax).DefaultIfEmpty().Max();
        foreach (var row in shown)
        {
            if (row.Key.Length > width) lines.Add(new Text($"{Indent}{row.Key}"));
            if (row.Key.Length > width && row.Text.Length == 0) continue;
            var key = row.Key.Length > width ? "" : row.Key;
            lines.Add(new Text($"{Indent}{key.PadRight(width)}{Indent}{row.Text}"));
        }
        if (section.Rows.Count > RowsMax)
            lines.Add(new Text($"{Indent}and {section.Rows.Count - RowsMax} more (--json has all)", Quiet));
    }
}
