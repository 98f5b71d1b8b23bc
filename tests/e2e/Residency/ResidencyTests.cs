using System.Diagnostics;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>
/// Nothing of Belgium's is anywhere else but what the design releases (section 4; decision 20): canaries are looked for in the stores, memory
/// images, logs and traces of all others, in everything that went between them, and in what any member may ask of Orleans itself. Each is
/// found at Belgium's, and with Belgium's silo gone its actors are nowhere.
/// </summary>
public sealed class ResidencyTests(ITestOutputHelper output)
{
    private readonly Belgium _belgium = new();
    private readonly long _begun = Stopwatch.GetTimestamp();

    [Fact]
    public async Task Canaries_OfBelgium_AreNowhereElseThanReleased()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("memory images are read from /proc");
        if (!RedisProcess.IsInstalled) output.WriteLine("redis-server is not installed: the stores are embedded ones");
        await using var grid = await StateGrid.Start(Belgium.Consortium);
        await using var run = new MixedRun(grid, _belgium);
        await using var wrong = await MisplacingSilo.Join(grid.Primary);
        Tell("the grid is there");
        await run.WithBelgium();
        Tell("the run is over");

        var refused = await wrong.CallBelgiumElsewhere();
        var actors = await wrong.Actors();
        var search = new GridSearch(grid, _belgium);
        search.Home();
        await grid[StateGrid.Be].Kill();
        await run.WithoutBelgium();
        Tell("Belgium is out");
        var left = await wrong.Actors();
        search.Others();
        search.Text("what any member is told of actors", actors.Concat(left).Select(each => each.Actor));
        Tell($"{search.Canaries} canaries were looked for in {search.Bytes >> 20} MiB");

        search.Leaks.Concat(actors.Concat(left).Where(IsNotAtHome).Select(each => $"{each.Silo} hosts {each.Actor}")).ShouldBeEmpty();
        search.Missing.ShouldBeEmpty("a search that does not find what must be there finds nothing");
        run.Wrong.ShouldBeEmpty();
        refused.ShouldBe(3, "hub, Germany and gateway, each asked for an actor of Belgium's");
        actors.ShouldContain(each => IsOf("BE", each.Actor));
        left.ShouldAllBe(each => !IsOf("BE", each.Actor), "with its silo gone Belgium's actors are hosted nowhere");
    }

    private static bool IsNotAtHome((string Silo, string Actor) each) =>
        !each.Silo.Split('/')[0].Split(',').Any(home => IsOf(home, each.Actor));

    // TYPE/HOME/REST
    private static bool IsOf(string home, string actor) => actor.Split('/')[^2] == home;

    private void Tell(string what) => output.WriteLine($"after {Stopwatch.GetElapsedTime(_begun).TotalSeconds:0} s: {what}");
}
