using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>One indicator as two organisations see it: the same row on the same line, a dash where one sees nothing.</summary>
public static class SideBySide
{
    private const int RowsMax = 12;
    private static readonly Style Heading = new(decoration: Decoration.Bold);

    /// <summary>Prints the two views. Uses the console's width, and no colour or box where it is no terminal.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="leftOrg">Who sees the left one.</param>
    /// <param name="left">Its view.</param>
    /// <param name="rightOrg">Who sees the right one.</param>
    /// <param name="right">Its view of the same indicator.</param>
    public static void Render(IAnsiConsole console, string leftOrg, Indicator left, string rightOrg, Indicator right)
    {
        var (a, b) = (Sheets.Of(left), Sheets.Of(right));
        var unicode = console.Profile.Capabilities.Unicode;
        var terminal = console.Profile.Capabilities.Ansi;
        var table = new Table { Border = terminal ? TableBorder.Simple : TableBorder.None, ShowHeaders = false };
        for (var i = 0; i < 3; i++) table.AddColumn(new TableColumn("") { NoWrap = false });
        table.AddRow(
            new Text(""), new Text($"as {SafeText.Of(leftOrg)}", Heading), new Text($"as {SafeText.Of(rightOrg)}", Heading));
        var line = Sparkline.Over(Math.Clamp((console.Profile.Width - 24) / 2, 10, 60), a.Days, b.Days);
        if (line is not null)
            table.AddRow(
                new Text("By day", Heading), new Text(line.Draw(a.Days, unicode)), new Text(line.Draw(b.Days, unicode)));
        var nothing = unicode ? "–" : "-";
        foreach (var (key, one, other) in Aligned.Join(a.Sections, b.Sections, section => section.Title))
            AddSection(table, key, one, other, nothing);
        console.Write(new Text(a.Title, Heading));
        console.WriteLine();
        console.Write(table);
        if (line is not null) console.Write(new Text($"By day: {line.Legend()}\n"));
    }

    private static void AddSection(Table table, string title, Section? left, Section? right, string nothing)
    {
        var rows = Aligned.Join(left?.Rows ?? [], right?.Rows ?? [], row => row.Key).ToList();
        if (rows.Count == 0) return;
        table.AddRow(new Text(title, Heading), new Text(left?.Note ?? ""), new Text(right?.Note ?? ""));
        foreach (var (key, one, other) in rows.Take(RowsMax))
            table.AddRow(new Text($" {key}"), new Text(one?.Text ?? nothing), new Text(other?.Text ?? nothing));
        if (rows.Count > RowsMax) table.AddRow(new Text($" and {rows.Count - RowsMax} more"), new Text(""), new Text(""));
    }
}
