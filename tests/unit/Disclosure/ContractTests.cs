using System.Reflection;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class ContractTests
{
    [Fact]
    public void Views_TravelBetweenSilos_Unchanged()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var marking = Samples.Marked(Tlp.Amber, "organisation:c.de") with { EmbargoUntil = 5 };
        var asset = new AssetStatement("a", "s", "t", "c", ["x", "y"], "p");
        var neighbours = new NeighbourList(ObservableType.Url, [new("https://x.example/", 7)]);
        var indicator = new DisclosedIndicator(
            new([new("BE", SightingKind.Positive, new(1, 2, 3))],
                [new("a.be", true, SightingKind.Expiration, new(1, 2, 3, 4), "BE")],
                [new(0, SightingKind.Positive, 4)], [DisclosedMarking.Full(marking)], [new("T1", 1)], [neighbours],
                [new("o", "a", 3)], [neighbours], [new("energy", 3)]), ["BE"], 4);
        var correlation = new Correlation([], [neighbours], []) { Sectors = [new("energy", 3)] };
        var assetView = new AssetView([new(SightingKind.Positive, new(1, 2, 3))], [], [], [], [neighbours], asset);
        var sighting = new DisclosedSighting(
            DisclosureLevel.Full, [new(ObservableType.Url, "u")], SightingKind.Positive, 1, 2, 3, 4,
            DisclosedMarking.Redacted(marking), ["T1"], "BE", null, "d", Guid.Empty, asset, null);
        Again(indicator).ShouldBe(indicator);
        Again(assetView).ShouldBe(assetView);
        Again(sighting).ShouldBe(sighting);
        Again(IndicatorView.Empty).ShouldBe(IndicatorView.Empty);
        Again(correlation).Sectors.ShouldBe(correlation.Sectors);

        T Again<T>(T value) => serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }

    [Fact]
    public void Compartmented_HasNoPublicMemberThatTellsWhatIsInside()
    {
        var members = typeof(Compartmented<IndicatorTally>)
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => m.Name).Distinct().Order(StringComparer.Ordinal);
        members.ShouldBe([".ctor", "Add", "MarkingsOf", "Merge", "Read", "Write"]);
        foreach (var knowledge in new[] { typeof(IndicatorTally), typeof(AssetTally) })
            knowledge.GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Select(m => m.Name).ShouldBe([".ctor"]);
    }

    [Fact]
    public void SmallActor_CostsAtMost1536Bytes()
    {
        var cache = new CompartmentCache();
        var compartments = Enumerable.Range(1, 4)
            .Select(epoch => cache.Get(Samples.In("a.be", Samples.Marked(Tlp.Green), Samples.Ip, epoch))).ToArray();
        var small = Fold(compartments);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var kept = Enumerable.Range(0, 100).Select(_ => Fold(compartments)).ToArray();
        var total = GC.GetAllocatedBytesForCurrentThread() - before;
        // Allocated in all, what became garbage in growing included: more than what it holds.
        TestContext.Current.TestOutputHelper?.WriteLine($"{total / kept.Length} bytes allocated per small actor");
        (total / kept.Length).ShouldBeLessThanOrEqualTo(1536);
        Samples.Bytes(kept[^1]).ShouldBe(Samples.Bytes(small));
    }

    private static Compartmented<IndicatorTally> Fold(Compartment[] compartments)
    {
        var knowledge = new Compartmented<IndicatorTally>();
        for (var i = 0; i < 10; i++)
            knowledge.Add(compartments[i % 4],
                new() { Count = 1, FirstSeen = i * Samples.Hour, LastSeen = i * Samples.Hour });
        return knowledge;
    }
}
