using CrossBorderSoc.V1;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

public sealed class ContributeCommandTests : SocgridCase
{
    [Fact]
    public async Task Contribute_ToAnIncident_NamesTheValueThatNamesIt()
    {
        var incidents = new FakeIncidents();
        await using var grid = await FakeGrid.StartAsync(analysis: new() { Incident = _ => SomeIncidents.Three() }, incidents: incidents);
        (await RunAsync(grid, "contribute", "status", "INC-A", "1[.]2.3.4", "--as", "a.be", "--tlp", "amber", "--status", "contained",
            "--recipient", "organisation:b.be", "--text", "all clear", "--at", "2026-08-01T12:00Z")).ShouldBe(0, Errors.ToString());
        Output.ToString().ShouldBe("00000007-0000-0000-0000-000000000000 is on disk.\n");
        var (token, said) = incidents.Heard.ShouldHaveSingleItem();
        token.ShouldBe("Bearer a.be");
        said.Observables.Select(one => one.Value).ShouldBe(["203.0.113.7", "1[.]2.3.4"], "of the core the longest in its run");
        said.At.ToDateTimeOffset().ShouldBe(new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));
        (said.Kind, said.Status, said.Text).ShouldBe((ContributionKind.Status, IncidentStatus.Contained, "all clear"));
        said.Marking.ShouldBe(new Marking { Tlp = Tlp.Amber, Recipients = { "organisation:b.be" } });
    }

    [Theory]
    [InlineData("KIND is one of: opened, note", "contribute", "rumour", "evil.example", "--as", "a.be", "--tlp", "green")]
    [InlineData("--status is one of: new", "contribute", "status", "evil.example", "--as", "a.be", "--tlp", "green", "--status", "x")]
    [InlineData("--at is an instant", "contribute", "note", "evil.example", "--as", "a.be", "--tlp", "green", "--at", "soon")]
    [InlineData("'--tlp' is required", "contribute", "note", "evil.example", "--as", "a.be")]
    public async Task Contribute_WithAWordThatIsNone_SaysWhich(string expected, params string[] args)
    {
        await using var grid = await FakeGrid.StartAsync();
        (await RunAsync(grid, args)).ShouldBe(2);
        Errors.ToString().ShouldContain(expected);
    }
}
