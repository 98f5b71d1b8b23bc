using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Two halves that everybody sees, and what joins them for some only. Each answer is compared with the model's.</summary>
public sealed class IncidentBridgeTests
{
    private static readonly MS.Observable[] Left = [.. Enumerable.Range(0, 3).Select(i => ExtremeWorld.Value($"left{i}"))];
    private static readonly MS.Observable[] Right = [.. Enumerable.Range(0, 3).Select(i => ExtremeWorld.Value($"right{i}"))];
    private static readonly MS.Observable Middle = ExtremeWorld.Value("middle");

    private static readonly MS.Observable Page = new("url", "http://right.example/");

    [Fact]
    public void Link_ToldToOne_JoinsForThatOne() =>
        Joined(Halves().Tell("soc.be", ["csirt.fr"], Left[2], Right[0])).ShouldBe("soc.be csirt.fr");

    [Fact]
    public void Link_OfWhichOneEndIsDisclosed_JoinsNothing() =>
        Joined(Halves().SayTwice(Right[0], Page).Keep("power.be", Left[2], Page)
            .Agree("power.be", "csirt.fr").Agree("power.be", "rail.fr", "domain-name")).ShouldBe("csirt.fr power.be");

    [Theory]
    [InlineData(-1, "soc.be")]
    [InlineData(0, "all")]
    public void Link_UnderEmbargo_JoinsFromTheHourAtWhichItEnds(int milliseconds, string joined) =>
        Joined(Halves(milliseconds).SayBetween("soc.be", Palette.Noon.AddMinutes(-30), null, Left[2], Right[0])).ShouldBe(joined);

    [Theory]
    [InlineData(-1, "all")]
    [InlineData(0, "soc.be")]
    public void Link_ThatExpires_JoinsUntilTheHourInWhichItDoes(int milliseconds, string joined) =>
        Joined(Halves(milliseconds).SayBetween("soc.be", null, Palette.Noon.AddMinutes(30), Left[2], Right[0])).ShouldBe(joined);

    [Fact]
    public void Node_ThatASecondStateTellsOneOf_JoinsForThatOneAndIsFringeOfBothHalvesForOthers()
    {
        var world = Halves().Say("soc.be", Left[2], Middle).Say("soc.be", Middle, Right[0]).Tell("soc.de", ["csirt.fr"], Middle);
        Joined(world).ShouldBe("soc.de csirt.fr");
        foreach (var half in (MS.Observable[])[Left[0], Right[0]]) world.Ask("isac.fr", half)!.Fringe.ShouldBe([Middle.ToProduct()]);
    }

    [Fact]
    public void Node_ThatIsAHubForOne_JoinsForTheOthers()
    {
        var world = Halves().SayTwice(Left[2], Middle).SayTwice(Middle, Right[0]);
        for (var i = 0; i < 98; i++) world.Tell("soc.be", ["soc.de"], Middle, ExtremeWorld.Value($"crowd{i}"));
        Joined(world).ShouldBe(string.Join(' ', ExtremeWorld.Partners.Except(["soc.be", "soc.de"])));
        world.Ask("soc.de", Middle).ShouldBeNull();
    }

    [Fact]
    public void Names_OfBothHalves_LeadToTheWholeWhereItIsSeen()
    {
        var world = Halves().Tell("soc.be", ["csirt.fr"], Left[2], Right[0]);
        var names = new[] { Left[0], Right[2] }.Select(half => world.Ask("isac.fr", half)!.Name.ToModel()).ToList();
        names.Distinct().Count().ShouldBe(2);
        names.Select(name => IncidentModelTests.ToText(world.Ask("csirt.fr", name))).Distinct().ShouldHaveSingleItem();
    }

    private static ExtremeWorld Halves(int milliseconds = 0) => new ExtremeWorld { At = Palette.Noon.AddMilliseconds(milliseconds) }
        .SayTwice(Left[0], Left[1]).SayTwice(Left[1], Left[2]).SayTwice(Right[0], Right[1]).SayTwice(Right[1], Right[2]);

    // For whom both halves are one, whichever of its nodes they ask for.
    private static string Joined(ExtremeWorld world)
    {
        var joined = ExtremeWorld.Partners.Where(partner => Left.Concat(Right)
            .Select(node => Holds(world.Ask(partner, node)!, [.. Left, .. Right])).Distinct().ShouldHaveSingleItem()).ToList();
        return joined.Count == ExtremeWorld.Partners.Count ? "all" : string.Join(' ', joined);
    }

    private static bool Holds(Incident incident, IEnumerable<MS.Observable> nodes) =>
        nodes.All(node => incident.Core.Any(core => core.Observable == node.ToProduct()));
}
