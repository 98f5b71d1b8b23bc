using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>As of when actors answer, and what they say when they cannot.</summary>
public sealed class QuestionsTests
{
    private static readonly Observable Address = new(ObservableType.Ipv4Addr, "198.51.100.7");

    [Fact]
    public async Task AgreementThatStarts_CountsFromItsInstantOn_AtHubAndHomeAlike()
    {
        var start = TimeProvider.System.GetUtcNow().AddSeconds(6).ToUnixTimeMilliseconds();
        await using var grid = await TestGrid.Start(
            Consortium.All, [Consortium.Agreements[0] with { ValidFrom = start }], new("hub-0", "hub"), new("be-0", "BE"), new("de-0", "DE", "FR"));
        await grid.Push("be-0", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Address));
        await grid.ReleasesCaughtUp();
        // Whatever the clocks of the nodes say by now: the question says which instant is decided for.
        await Seen(start - 1, atHub: 1, inFull: 0);
        await Seen(start, atHub: 0, inFull: 1);

        async Task Seen(long instant, int atHub, int inFull)
        {
            var question = grid.Ask("de-0", Consortium.De.Id) with { At = instant };
            var hub = await Inquiry(grid, Home.Hub).Indicator(question, Address);
            var home = await Inquiry(grid, new("BE")).Indicator(question, Address);
            hub.View.TalliesByKind.Length.ShouldBe(atHub);
            hub.FullElsewhere.Length.ShouldBe(inFull);
            home.View.TalliesByKind.Length.ShouldBe(inFull);
        }
    }

    [Theory]
    [InlineData(-60_000)]
    [InlineData(60_000)]
    public async Task InstantThatIsNotOfThisTime_IsUnavailableEverywhere(long off)
    {
        await using var grid = await TestGrid.Start(
            Consortium.All, Consortium.Agreements, new("hub-0", "hub"), new("be-0", "BE"), new("de-0", "DE", "FR"));
        var question = grid.Ask("de-0", Consortium.De.Id);
        question = question with { At = question.At + off };
        var (hub, home) = (Inquiry(grid, Home.Hub), Inquiry(grid, new("BE")));
        await Unavailable(() => hub.Indicator(question, Address).AsTask());
        await Unavailable(() => hub.Correlate(question, [Address]).AsTask());
        await Unavailable(() => home.Indicator(question, Address).AsTask());
        await Unavailable(() => home.Correlate(question, [Address]).AsTask());
        await Unavailable(() => home.Asset(question, new(Consortium.Be.Id, "srv-1")).AsTask());
        await Unavailable(() => home.Evidence(question, Address, null, 10).AsTask());
    }

    [Fact]
    public async Task StatementOfAPolicyThatTheNodeDoesNotKnowYet_IsUnavailable()
    {
        var folder = Directory.CreateTempSubdirectory("socgrid-undecidable-").FullName;
        await using var store = TestGrid.OpenStoreAt(folder, "BE");
        await using var grid = await TestGrid.Start(
            Consortium.All, Consortium.Agreements, new("hub-0", "hub"), new("be-0", "BE") { Store = store }, new("de-0", "DE", "FR"));
        var header = new RecordHeader(RecordOperation.Sightings, Consortium.Be.Id, "BE", PolicyVersion: 2, AcceptedAt: 0);
        var asset = new AssetStatement("srv-1", "energy", "", "", [], "");
        await store[new Home("BE")].Commit(BatchPreparation.Prepare(
            TestSighting.Batch([new TestSighting(1, Tlp.Green, Address) { Asset = asset }]), header), CancellationToken.None);
        var home = Inquiry(grid, new("BE"));
        var question = grid.Ask("de-0", Consortium.De.Id);
        await Unavailable(() => home.Indicator(question, Address).AsTask());
        await Unavailable(() => home.Correlate(question, [Address]).AsTask());
        await Unavailable(() => home.Evidence(question, Address, null, 10).AsTask());
        await Unavailable(() => home.Asset(question, new(Consortium.Be.Id, asset.Id)).AsTask());
        // Its owner sees it, whatever the policy says.
        (await home.Indicator(grid.Ask("de-0", Consortium.Be.Id), Address)).View.IsEmpty.ShouldBeFalse();
    }

    private static IInquiry Inquiry(TestGrid grid, Home home) => grid.Actors("de-0").GetGrain<IInquiry>(ActorKeys.Lane(home, 1));

    private static Task<GridUnavailableException> Unavailable(Func<Task> ask) => Should.ThrowAsync<GridUnavailableException>(ask);
}
