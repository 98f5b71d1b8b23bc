using CrossBorderSoc.Gateway.Incidents;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// Worlds that are made to break incidents (DESIGN 3.4, decision 6): caps exactly reached, values that join everything, walks that their
/// bounds cut off. Each answer is compared with the model's; what is asserted besides says what the world is for.
/// </summary>
public sealed class IncidentExtremesTests
{
    private static readonly MS.Observable Centre = ExtremeWorld.Value("centre");
    private static readonly MS.Observable Left = ExtremeWorld.Value("left");
    private static readonly MS.Observable Right = ExtremeWorld.Value("right");
    private static readonly string[] Types = ["domain-name", "url", "file:sha256"];

    // For everybody so many, for Germany one more, for France two.
    [Theory]
    [InlineData(97, "isac.fr soc.de csirt.fr")]
    [InlineData(98, "isac.fr soc.de")]
    [InlineData(99, "isac.fr")]
    [InlineData(100, "")]
    public void Degree_OfThreeTypesThroughSeveralHomes_IsThatOfEachPartnersView(int everybodys, string isCoreFor)
    {
        var world = new ExtremeWorld();
        for (var i = 0; i < everybodys; i++)
        {
            world.Say(i % 2 == 0 ? "soc.be" : "soc.de", Centre, Neighbour(i));
            // In several homes and compartments, but one neighbour.
            if (i % 3 == 0) world.Say(i % 2 == 0 ? "soc.de" : "soc.be", Centre, Neighbour(i));
            if (i % 5 == 0) world.Tell("soc.be", ["soc.de", "csirt.fr"], Centre, Neighbour(i));
        }
        world.Tell("soc.be", ["soc.de", "csirt.fr"], Centre, Neighbour(everybodys));
        world.Tell("power.be", ["csirt.fr"], Centre, Neighbour(everybodys + 1));
        foreach (var partner in ExtremeWorld.Partners) world.Ask(partner, Centre);
        string[] asked = ["isac.fr", "soc.de", "csirt.fr"];
        string.Join(' ', asked.Where(partner => world.Ask(partner, Centre) is not null)).ShouldBe(isCoreFor);
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void List_ThatOverflowed_MakesAHubByWhatIsWithinTheWindow(int within, bool isCore)
    {
        var world = new ExtremeWorld();
        var edge = world.At.AddDays(-7);
        for (var i = 0; i < within; i++) world.Say("soc.be", edge.AddHours(i % 2), Centre, Neighbour(i, types: 1));
        // Taken in later, seen before.
        for (var i = within; i < 300; i++) world.Say("soc.be", edge.AddHours(-1 - i % 9), Centre, Neighbour(i, types: 1));
        world.SayTwice(Centre);
        foreach (var partner in ExtremeWorld.Partners) (world.Ask(partner, Centre) is not null).ShouldBe(isCore);
    }

    // In full to the millisecond, redacted to the hour.
    [Theory]
    [InlineData(0, -1, "")]
    [InlineData(0, 0, "soc.de csirt.fr isac.fr")]
    [InlineData(0, 1, "soc.de csirt.fr isac.fr")]
    [InlineData(30, -1, "")]
    [InlineData(30, 0, "soc.de csirt.fr")]
    [InlineData(30, 1, "soc.de csirt.fr")]
    public void Window_Begins_InTheFormOfEachPartner(int minute, int milliseconds, string within)
    {
        var world = new ExtremeWorld { At = Palette.Noon.AddMinutes(minute) }.Agree("soc.de", "csirt.fr");
        var edge = world.At.AddDays(-7).AddMilliseconds(milliseconds);
        world.Say("soc.be", Centre).Say("soc.de", edge, Centre);
        world.SayTwice(Left).SayTwice(Right).Say("soc.de", edge, Left, Right);
        foreach (var partner in ExtremeWorld.Partners) world.Ask(partner, Centre);
        foreach (var partner in (string[])["soc.de", "csirt.fr", "isac.fr"])
        {
            var isWithin = within.Split(' ').Contains(partner);
            (world.Ask(partner, Centre) is not null).ShouldBe(isWithin, partner);
            world.Ask(partner, Left)!.Core.Length.ShouldBe(isWithin ? 2 : 1, partner);
        }
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(300)]
    public void Chain_PastTheBound_IsCutOffByWhatThePartnerSees(int length)
    {
        var chain = Enumerable.Range(0, length).Select(i => ExtremeWorld.Value($"c{i:d3}")).ToList();
        var (plain, secret) = (new ExtremeWorld(), new ExtremeWorld());
        foreach (var world in (ExtremeWorld[])[plain, secret])
            foreach (var (one, next) in chain.Zip(chain.Skip(1))) world.SayTwice(one, next);
        // A short cut, a value that comes first, and a branch, for Germany only.
        secret.Tell("soc.be", ["soc.de"], chain[0], chain[^5]).Tell("soc.be", ["soc.de"], ExtremeWorld.Value("a"), chain[1]);
        for (var i = 0; i < 20; i++)
        {
            var branch = ExtremeWorld.Value($"b{i}");
            secret.Tell("soc.be", ["soc.de"], chain[i], branch).Tell("soc.de", ["soc.be"], branch);
        }
        foreach (var start in (MS.Observable[])[chain[0], chain[length / 2], chain[^1]])
        {
            var told = secret.Ask("csirt.fr", start)!;
            told.IsTruncated.ShouldBe(length > IncidentWalk.CoreMax);
            told.Core.Length.ShouldBe(Math.Min(length, IncidentWalk.CoreMax));
            Sample.Same(IncidentModelTests.ToText(told), IncidentModelTests.ToText(plain.Ask("csirt.fr", start)), "hidden things");
            secret.Ask("soc.de", start);
        }
        secret.Ask("soc.de", chain[0])!.Core.Select(node => node.Observable).Contains(chain[^5].ToProduct()).ShouldBeTrue();
    }

    // Equally near ones are kept in their order, not in that of the nodes that lead to them.
    [Fact]
    public void Bush_ThatIsCutOffWithinALevel_KeepsThoseThatComeFirst()
    {
        var world = new ExtremeWorld();
        for (var branch = 0; branch < 60; branch++)
        {
            world.SayTwice(Centre, Tooth(branch));
            world.SayTwice([Tooth(branch), .. Enumerable.Range(0, 5).Select(leaf => ExtremeWorld.Value($"leaf{leaf}-{99 - branch}"))]);
        }
        var told = world.Ask("csirt.fr", Centre)!;
        (told.Core.Length, told.IsTruncated).ShouldBe((IncidentWalk.CoreMax, true));
        world.Ask("csirt.fr", Tooth(17));
    }

    [Fact]
    public void Walk_ThatMeetsTooManyNodes_LooksAtTheNearest()
    {
        var world = Comb(teeth: 60, each: 90);
        foreach (var partner in (string[])["soc.be", "csirt.fr"])
            foreach (var start in (int[])[0, 30, 59])
            {
                var told = world.Ask(partner, Tooth(start))!;
                told.IsTruncated.ShouldBeTrue();
                told.Core.Length.ShouldBeInRange(40, 50);
                told.Fringe.Length.ShouldBe(IncidentWalk.FringeMax);
            }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Fringe_IsToldUpToItsBound(int more, bool isTruncated)
    {
        var world = Comb(teeth: 20, each: 50);
        if (more > 0) world.Say("soc.be", Tooth(7), Centre);
        var told = world.Ask("csirt.fr", Tooth(3))!;
        (told.Core.Length, told.Fringe.Length, told.IsTruncated).ShouldBe((20, IncidentWalk.FringeMax, isTruncated));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 0)]
    public void Clique_HoldsTogetherUntilAllAreHubs(int size, int core)
    {
        var world = new ExtremeWorld();
        var groups = Enumerable.Range(0, size).Select(i => Neighbour(i, types: 2)).Chunk(26).ToArray();
        for (var one = 0; one < groups.Length; one++)
            for (var two = one + 1; two < groups.Length; two++) world.SayTwice([.. groups[one], .. groups[two]]);
        var first = groups[0][0];
        (world.Ask("csirt.fr", groups[1][0])?.Core.Length ?? 0).ShouldBe(core);
        // One more neighbour, for whoever sees it.
        world.Tell("soc.be", ["soc.de"], first, Centre);
        if (size == 100)
        {
            world.Ask("csirt.fr", first)!.Core.Length.ShouldBe(100);
            world.Ask("soc.de", first).ShouldBeNull();
            world.Ask("soc.de", groups[1][0])!.Core.Length.ShouldBe(99);
        }
    }

    [Fact]
    public void ValueWithEverything_JoinsForThoseOnlyWhoSeeLittleOfIt()
    {
        var world = new ExtremeWorld();
        for (var i = 0; i < 80; i++) world.SayTwice(Centre, Neighbour(i));
        for (var i = 80; i < 300; i++) world.Tell("soc.be", ["soc.de"], Centre, Neighbour(i)).Tell("soc.de", ["soc.be"], Centre, Neighbour(i));
        world.Ask("csirt.fr", Centre)!.Core.Length.ShouldBe(81);
        world.Ask("csirt.fr", Neighbour(200)).ShouldBeNull();
        foreach (var partner in (string[])["soc.be", "soc.de"])
        {
            world.Ask(partner, Centre).ShouldBeNull();
            var alone = world.Ask(partner, Neighbour(200))!;
            (alone.Core.Length, alone.Fringe.Length).ShouldBe((1, 1));
        }
    }

    // A chain of core nodes, each with neighbours of its own.
    private static ExtremeWorld Comb(int teeth, int each)
    {
        var world = new ExtremeWorld();
        for (var tooth = 0; tooth < teeth; tooth++)
        {
            if (tooth > 0) world.SayTwice(Tooth(tooth - 1), Tooth(tooth));
            foreach (var some in Enumerable.Range(0, each).Select(i => Neighbour(tooth * each + i)).Chunk(45))
                world.Say("soc.be", [Tooth(tooth), .. some]);
        }
        return world;
    }

    private static MS.Observable Tooth(int number) => ExtremeWorld.Value($"t{number:d2}");

    private static MS.Observable Neighbour(int number) => Neighbour(number, Types.Length);

    private static MS.Observable Neighbour(int number, int types) => new(Types[number % types], $"n{number:d4}.example");
}
