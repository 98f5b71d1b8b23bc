using System.Globalization;
using System.Xml.Linq;
using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.V1;
using Shouldly;
using Xunit;
using static System.StringComparison;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class IncidentSvgTests
{
    private const int RowHeightMin = 30;

    [Fact]
    public void Of_Incident_HasNodesStatesLinksAndTheFringesCount()
    {
        var svg = Parsed(SomeIncidents.Three());
        Named(svg, "circle").Count.ShouldBe(3);
        Texts(svg).ShouldBe(
        [
            "incident INC-A",
            "BE, DE and FR saw 3 observables that belong together, each in at least two states within seven days, since 2026-08-01T10:00Z.",
            "Fringe, not drawn: 1",
            "evil.example", "BE DE", "203.0.113.7", "BE DE FR", "203.0.113.8", "BE FR",
        ]);
        var places = Named(svg, "circle").ConvertAll(circle => (Number(circle, "cx"), Number(circle, "cy")));
        Named(svg, "line").ConvertAll(line => ((Number(line, "x1"), Number(line, "y1")), (Number(line, "x2"), Number(line, "y2"))))
            .ShouldBe([(places[0], places[1]), (places[1], places[2])]);
        Named(svg, "circle")[1].Value.ShouldBe(
            "ipv4-addr 203.0.113.7  BE DE FR  core since 2026-08-01T10:00Z  last seen 2026-08-01T13:59:07Z");
    }

    [Fact]
    public void Of_HostileTexts_StayTexts()
    {
        foreach (var text in SomeIncidents.HostileTexts)
        {
            var written = IncidentSvg.Of(SomeIncidents.Hostile(text));
            var svg = XDocument.Parse(written, LoadOptions.PreserveWhitespace);
            written.ShouldAllBe(c => c == '\n' || (c >= ' ' && c <= '~'));
            svg.DescendantNodes().ShouldAllBe(node => node is XElement || node.NodeType == System.Xml.XmlNodeType.Text);
            svg.Descendants().Select(element => element.Name.LocalName).Distinct().Order()
                .ShouldBeSubsetOf(["circle", "line", "svg", "text", "title"]);
            svg.Descendants().Attributes().Select(attribute => attribute.Name.LocalName).ShouldAllBe(name =>
                !name.StartsWith("on", OrdinalIgnoreCase) && !name.Contains("href", OrdinalIgnoreCase));
            Named(svg, "circle")[0].Value.ShouldContain($"{SafeText.Of(text)} {SafeText.Of(text)}");
        }
    }

    [Fact]
    public void Of_LongTexts_AreShortenedWithTheWholeInTheTitle()
    {
        var value = new string('x', IncidentSvg.LabelColumnsMax + 1);
        Named(Parsed(SomeIncidents.Hostile(value)), "text").ShouldContain(text => text.Elements().Any(title => title.Value == value));
        Texts(Parsed(SomeIncidents.Hostile(value))).ShouldContain(value[2..] + "…");
        Texts(Parsed(SomeIncidents.Hostile(value[1..]))).ShouldContain(value[1..]);
        Texts(Parsed(SomeIncidents.Hostile(string.Concat(Enumerable.Repeat("😀", 2048)))))
            .ShouldContain(string.Concat(Enumerable.Repeat("😀", (IncidentSvg.LabelColumnsMax - 1) / 2)) + "…");
    }

    [Fact]
    public void Of_SameIncident_IsTheSameInAnyCulture()
    {
        var (before, expected) = (CultureInfo.CurrentCulture, IncidentSvg.Of(SomeIncidents.Chain(256)));
        try
        {
            CultureInfo.CurrentCulture = new("sv-SE") { NumberFormat = { NegativeSign = "?", NumberGroupSeparator = "?" } };
            IncidentSvg.Of(SomeIncidents.Chain(256).Clone()).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(256)]
    public void Of_AnyNumberOfNodes_FitsAndNoLabelsOverlap(int count)
    {
        var svg = Parsed(SomeIncidents.Chain(count));
        var (width, height) = (Number(svg.Root!, "width"), Number(svg.Root!, "height"));
        var circles = Named(svg, "circle");
        circles.Count.ShouldBe(count);
        Named(svg, "line").Count.ShouldBe(Math.Max(0, count - 1));
        circles.ShouldAllBe(circle => Number(circle, "cx") > 0 && Number(circle, "cx") < width);
        foreach (var side in circles.GroupBy(circle => Number(circle, "cx") > width / 2))
        {
            var rows = side.Select(circle => Number(circle, "cy")).Order().ToList();
            rows.Zip(rows.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= RowHeightMin);
            rows[^1].ShouldBeLessThanOrEqualTo(height - RowHeightMin / 2);
        }
        foreach (var text in Named(svg, "text"))
        {
            // Common monospace fonts are 0.6 of their size wide.
            var length = (int)(text.Nodes().OfType<XText>().Sum(part => part.Value.Length) * 0.6 * Number(svg.Root!, "font-size"));
            var start = text.Attribute("text-anchor")!.Value == "start" ? Number(text, "x") : Number(text, "x") - length;
            start.ShouldBeGreaterThanOrEqualTo(0);
            (start + length).ShouldBeLessThanOrEqualTo(width);
        }
    }

    private static XDocument Parsed(Incident incident) => XDocument.Parse(IncidentSvg.Of(incident));

    private static List<XElement> Named(XDocument svg, string name) =>
        [.. svg.Root!.Elements().Where(element => element.Name.LocalName == name)];

    // What is seen, without the titles.
    private static IEnumerable<string> Texts(XDocument svg) =>
        Named(svg, "text").Select(text => string.Concat(text.Nodes().OfType<XText>().Select(part => part.Value)));

    private static int Number(XElement element, string attribute) =>
        int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
