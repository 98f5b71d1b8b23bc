using CrossBorderSoc.Client.Rendering;
using CrossBorderSoc.V1;
using Shouldly;
using Spectre.Console.Testing;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class IncidentRendererTests
{
    [Fact]
    public void Render_Incident_SaysWhyThenTimelineStatesAndMembers() => Page(SomeIncidents.Three(), 150).ShouldBe(
        """
        incident  INC-A
        Why
          BE, DE and FR saw 3 observables that belong together, each in at least two states within seven days, since 2026-08-01T10:00Z.
        Timeline (core since … last seen; 2026-08-01T10:00Z to 2026-08-01T14:00Z, a mark is an hour)
          203.0.113.7   ████·  2026-08-01T10:00Z … 2026-08-01T13:59:07Z
          evil.example  ··███  2026-08-01T12:00Z … 2026-08-01T14:10Z
          203.0.113.8   ····█  2026-08-01T14:00Z … 2026-08-01T14:30Z
        States
          BE  3 of 3 core observables
          DE  2 of 3 core observables
          FR  2 of 3 core observables
        Core (3)
          evil.example  domain-name  BE DE
          203.0.113.7   ipv4-addr  BE DE FR
          203.0.113.8   ipv4-addr  BE FR
        Links
          evil.example  203.0.113.7
          203.0.113.7   203.0.113.8
        Fringe (1 that the core's sightings also name)
          d41d8cd98f00b204e9800998ecf8427e  file:md5
        """);

    [Fact]
    public void Render_OneObservable_SaysWhyInItsOwnWords() => Page(SomeIncidents.Chain(1), 150).ShouldContain(
        "BE and DE saw one observable within seven days, since 2026-08-01T10:00Z.");

    [Fact]
    public void Render_Contributions_SaysWhoSaidWhat()
    {
        var incident = SomeIncidents.Three();
        incident.Contributions.Add(SomeIncidents.Said());
        Page(incident, 150).ShouldContain(
            """
            Said of it (2)
              2026-08-01T15:00Z csirt.de (DE)  status contained  evil.example  TLP:AMBER: all clear
              2026-08-01T14:00Z BE             affected BE energy  203.0.113.7  TLP:AMBER PAP:GREEN
            """);
    }

    [Fact]
    public void Render_OpenedByHand_SaysSo()
    {
        var incident = SomeIncidents.Three();
        incident.Core[2].MemberStates.Clear();
        Page(incident, 150).ShouldContain("BE, DE and FR saw 2 observables within seven days; 1 more were added by hand, since");
        foreach (var node in incident.Core) node.MemberStates.Clear();
        Page(incident, 150).ShouldContain("3 observables were made an incident by hand, since 2026-08-01T10:00Z.");
    }

    [Fact]
    public void Render_Truncated_SaysSo()
    {
        var incident = SomeIncidents.Three();
        incident.Truncated = true;
        Page(incident, 150).ShouldContain("It is larger than this");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100_000)]
    public void Render_MonthsOnAnyWidth_FitTheScaleOnALine(int width)
    {
        var incident = SomeIncidents.Three();
        incident.Core[0].CoreSince.Seconds -= 200 * 86400;
        var page = Page(incident, width);
        var lines = page.Split('\n').Where(line => line.Contains('█') && line.Contains('…')).ToList();
        lines.Count.ShouldBe(3);
        lines.ShouldAllBe(line => line.Length <= Math.Min(width, 120));
        lines[0].ShouldContain("█  2026-01-13T12:00Z … 2026-08-01T14:10Z");
        lines[0].ShouldNotContain("·");
    }

    [Fact]
    public void Render_NoUnicode_DrawsInAscii()
    {
        var console = new TestConsole().Width(150);
        console.Profile.Capabilities.Unicode = false;
        IncidentRenderer.Render(console, new() { Incident = SomeIncidents.Three() });
        console.Output.ShouldContain("203.0.113.7   ####.  2026-08-01T10:00Z");
    }

    [Fact]
    public void RenderAndToDot_HostileTexts_PrintNoControlCharacterAndNoMarkup()
    {
        foreach (var text in SomeIncidents.HostileTexts)
        {
            var printed = Page(SomeIncidents.Hostile(text), 300) + IncidentRenderer.ToDot(SomeIncidents.Hostile(text));
            printed.Count(c => char.IsControl(c) && c != '\n').ShouldBe(0);
            printed.ShouldNotContain('\u202E');
        }
        Page(SomeIncidents.Hostile("[red]x[/]\e"), 300).ShouldContain("[red]x[/]\\u{1B}");
    }

    [Fact]
    public void Render_NothingInIt_IsATitle() => Page(new(), 80).ShouldBe("incident");

    private static string Page(Incident incident, int width)
    {
        var console = new TestConsole().Width(width);
        IncidentRenderer.Render(console, new() { Incident = incident });
        return string.Join('\n', console.Output.Split('\n').Select(line => line.TrimEnd())).TrimEnd();
    }
}
