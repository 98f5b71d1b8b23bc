using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Actors that nobody asks go, and whoever asks them again finds that they know everything.</summary>
public sealed class CollectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");
    private static readonly Observable Domain = new(ObservableType.DomainName, "bad.example");
    private static readonly AssetStatement Asset = new("srv-1", "energy", "", "high", [], "");

    [Fact]
    public async Task Actors_CollectedWhenIdle_KnowEverythingWhenAskedAgain()
    {
        await using var grid = await TestGrid.Start(Consortium.All, Consortium.Agreements,
            new("hub-0", "hub", "EU") { Change = IdleActorsGoSoon }, new("be-0", "BE") { Change = IdleActorsGoSoon },
            new("de-0", "DE", "FR") { Change = IdleActorsGoSoon });
        await grid.Push("be-0", Consortium.Be.Id, "BE",
            new TestSighting(1, Tlp.Green, Address, Domain) { Asset = Asset }, new(2, Tlp.Amber, Address), new(3, Tlp.Red, Domain));
        await grid.ReleasesCaughtUp();

        string[] before = [];
        await Eventually.Holds(async () =>
        {
            before = await Answers(grid);
            return (await Active(grid)).SetEquals(["asset", "indicator", "nationalindicator"]);
        }, "every actor that was asked is there", Patience);
        await Eventually.Holds(async () => (await Active(grid)).Count == 0, "the actors that nobody asks go", Patience);
        (await Answers(grid)).ShouldBe(before);
        before.Distinct().Count().ShouldBe(before.Length, "the answers differ, so that they say something");
    }

    // The collector looks once in a quantum, which has to be below the age.
    private static void IdleActorsGoSoon(ISiloBuilder silo) => silo.Configure<GrainCollectionOptions>(options =>
        (options.CollectionQuantum, options.CollectionAge) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)));

    // The kinds of actors that fold a subject and are active anywhere.
    private static async Task<HashSet<string>> Active(TestGrid grid) =>
    [
        .. (await grid.Actors("hub-0").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics())
            .Select(each => each.GrainId.Type.ToString()!).Where(type => type is "asset" or "indicator" or "nationalindicator"),
    ];

    private static async Task<string[]> Answers(TestGrid grid)
    {
        var answers = new List<string>();
        foreach (var asker in Consortium.All)
            foreach (var observable in new[] { Address, Domain })
                answers.Add($"{asker.Id} {observable} {Text(await grid.View("de-0", asker, observable))}");
        answers.Add(System.Text.Json.JsonSerializer.Serialize((await grid.Actors("de-0")
            .GetGrain<IInquiry>(ActorKeys.Lane(new("BE"), 3))
            .Asset(grid.Ask("de-0", Consortium.De.Id), new(Consortium.Be.Id, Asset.Id))).View));
        return [.. answers];
    }

    private static string Text(IndicatorView view) => System.Text.Json.JsonSerializer.Serialize(view);
}
