using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CrossBorderSoc.V1;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>
/// Draws an incident as an SVG picture that stands alone: its core around an ellipse, clockwise from the top in the order of the message,
/// links as lines between. It grows with the core. Texts are data: none can become markup, a script or a reference.
/// </summary>
public static class IncidentSvg
{
    /// <summary>Most columns of a label; the full text is in its title. A character outside ASCII may be wide and counts as two.</summary>
    public const int LabelColumnsMax = 44;

    private const int FontSize = 12;
    private const double ColumnWidth = 7.3;
    private const int Padding = 20;
    private const int NodeRadius = 6;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The picture, in ASCII. The same incident is the same bytes, on every machine.</summary>
    public static string Of(Incident incident)
    {
        var layout = new Layout(incident.Core.Count);
        var name = $"incident {SafeText.Of(incident.Id)}";
        return Written(new XElement(
            Svg + "svg",
            new XAttribute("width", layout.Width),
            new XAttribute("height", layout.Height),
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {layout.Width} {layout.Height}")),
            new XAttribute("font-family", "monospace"),
            new XAttribute("font-size", FontSize),
            new XElement(Svg + "title", name),
            Heading(incident, name).Select((text, line) => Label(
                text, (int)((layout.Width - (2 * Padding)) / ColumnWidth), Padding, Padding + (line * Layout.LineHeight), "start")),
            IncidentRenderer.Links(incident).Select(link => Line(layout, link)),
            incident.Core.SelectMany((node, place) => Node(layout, node, place))));
    }

    private static string[] Heading(Incident incident, string name) =>
    [
        name,
        IncidentRenderer.Why(incident),
        $"Fringe, not drawn: {Instants.Count((ulong)incident.Fringe.Count)}"
            + (incident.Truncated ? "; the grid's bounds cut some of the incident off" : ""),
    ];

    private static XElement Line(Layout layout, IncidentLink link)
    {
        var (one, other) = (layout.At((int)link.One), layout.At((int)link.Other));
        return new(
            Svg + "line",
            new XAttribute("x1", one.X), new XAttribute("y1", one.Y), new XAttribute("x2", other.X), new XAttribute("y2", other.Y),
            new XAttribute("stroke", "#999999"));
    }

    private static IEnumerable<XElement> Node(Layout layout, CoreObservable node, int place)
    {
        var (x, y) = layout.At(place);
        var (labelX, anchor) = layout.IsRight(place) ? (x + (2 * NodeRadius), "start") : (x - (2 * NodeRadius), "end");
        var (value, states) = (SafeText.Of(node.Observable?.Value ?? ""), IncidentRenderer.States(node));
        var type = SafeText.Of(node.Observable?.Type ?? "");
        yield return new(
            Svg + "circle",
            new XAttribute("cx", x), new XAttribute("cy", y), new XAttribute("r", NodeRadius), new XAttribute("fill", "#2f5f9f"),
            new XElement(Svg + "title", $"{type} {value}  {states}  core since {Instants.Text(node.CoreSince)}"
                + $"  last seen {Instants.Text(node.LastSeen)}"));
        yield return Label(value, LabelColumnsMax, labelX, y - 2, anchor);
        yield return Label(states, LabelColumnsMax, labelX, y - 2 + Layout.LineHeight, anchor);
    }

    private static XElement Label(string text, int columnsMax, int x, int y, string anchor)
    {
        var label = Ellipsised(text, columnsMax);
        return new(
            Svg + "text",
            new XAttribute("x", x), new XAttribute("y", y), new XAttribute("text-anchor", anchor),
            label,
            label == text ? null : new XElement(Svg + "title", text));
    }

    private static string Ellipsised(string text, int columnsMax)
    {
        var (columns, fits, length) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            columns += rune.IsAscii ? 1 : 2;
            if (columns > columnsMax) return $"{text[..fits]}…";
            length += rune.Utf16SequenceLength;
            if (columns < columnsMax) fits = length;
        }
        return text;
    }

    // Characters outside ASCII become references, so that no encoding of a console or a file changes what the picture says.
    private static string Written(XElement svg)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = Encoding.ASCII, Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var writer = XmlWriter.Create(bytes, settings)) svg.Save(writer);
        return Encoding.ASCII.GetString(bytes.ToArray()) + '\n';
    }

    /// <summary>
    /// Where a core stands: half of it on each side of an ellipse, each observable on a row of its own there. So labels beside it never
    /// overlap, however many there are. Whole numbers of square roots, which are the same on every machine, as sines are not.
    /// </summary>
    /// <param name="Count">How many observables; the grid sends at most 256.</param>
    private readonly record struct Layout(int Count)
    {
        public const int LineHeight = 14;

        private const int RowHeight = 36;
        private const int HeaderHeight = 4 * LineHeight;
        private const int LabelWidth = (int)(LabelColumnsMax * ColumnWidth) + 1;
        private const int RadiusXMin = 160;
        private const int RadiusXMax = 400;

        private int Rows => (Count + 1) / 2;

        private int RadiusX => Math.Clamp(Rows * RowHeight / 2, RadiusXMin, RadiusXMax);

        public int Width => 2 * (Padding + LabelWidth + (2 * NodeRadius) + RadiusX);

        public int Height => Padding + HeaderHeight + (Rows * RowHeight) + Padding;

        public bool IsRight(int place) => place < Rows;

        public (int X, int Y) At(int place)
        {
            var row = IsRight(place) ? place : Count - 1 - place;
            var height = (((2.0 * row) + 1) / Rows) - 1;
            var x = (int)Math.Round(RadiusX * Math.Sqrt(1 - (height * height)));
            return ((Width / 2) + (IsRight(place) ? x : -x), Padding + HeaderHeight + (row * RowHeight) + (RowHeight / 2));
        }
    }
}
