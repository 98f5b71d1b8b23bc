using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Silo.Hosting;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Two grids with the same keys, the same clock and the same policy version, that differ only in what <c>soc.fr</c> and
/// <c>agency.eu</c> may not see: the first one holds <see cref="Hide"/> besides.
/// </summary>
public sealed class Twins : IAsyncLifetime
{
    internal const string Seen = "seen.example";
    internal const string SeenOnce = "seen-once.example";
    internal const string Hidden = "hidden.example";
    internal const string HiddenAsset = "srv-hidden";
    internal const string OwnAsset = "srv-own";
    internal const string HiddenSupplier = "Hidden Supplier";
    internal const string OwnSupplier = "Own Supplier";

    // Ten past: no hour ends during a test, as a view counts hours.
    private static readonly DateTimeOffset Now = new(2026, 8, 23, 0, 10, 0, TimeSpan.Zero);
    private readonly string _identities = Directory.CreateTempSubdirectory("socgrid-twins-").FullName;

    internal List<(TestGrid Grid, GridGateway Gateway)> Both { get; } = [];

    internal Saying Partner { get; } = new(Now, firstNumber: 500);

    public async ValueTask InitializeAsync()
    {
        foreach (var hides in (bool[])[true, false])
        {
            var setup = new GridSetup(Organisations(hides), Agreements(hides)) { Time = new NodeClock(Now), Identities = _identities };
            var grid = await TestGrid.Start(setup, new("hub-0", "hub", "EU", "BE"), new("fr-0", "FR", "DE"));
            var gateway = await GridGateway.Start(grid, "fr-0");
            Both.Add((grid, gateway));
            if (hides) await Hide(gateway, new(Now, firstNumber: 100));
            await Show(gateway, new(Now, firstNumber: 1));
            if (hides) await Hide(gateway, new(Now, firstNumber: 300));
            await grid.ReleasesCaughtUp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (grid, gateway) in Both)
        {
            await gateway.DisposeAsync();
            await grid.DisposeAsync();
        }
        Directory.Delete(_identities, recursive: true);
    }

    // Which communities others belong to, and what others agreed, is not told either.
    private static Organisation[] Organisations(bool hides) =>
    [
        new("soc.be", "BE", "SOC BE", OrganisationKind.NationalSoc, hides ? ["circle"] : [], [], Pap.Amber),
        new("soc.de", "DE", "SOC DE", OrganisationKind.NationalSoc, hides ? ["circle"] : [], hides ? ["soc.be"] : [], Pap.Amber),
        new("soc.fr", "FR", "SOC FR", OrganisationKind.NationalSoc, ["open"], [], Pap.Amber),
        new("agency.eu", "EU", "Agency", OrganisationKind.EuBody, ["open"], [], Pap.Amber),
    ];

    private static Agreement[] Agreements(bool hides) =>
    [
        .. hides ? [Full("be-de", "soc.be", "soc.de")] : (Agreement[])[],
        Full("fr-eu", "soc.fr", "agency.eu"), Full("fr-zz", "soc.fr", "agency.eu"),
    ];

    private static Agreement Full(string id, string provider, string consumer) =>
        new(id, Party.Organisation(provider), Party.Organisation(consumer), DisclosureLevel.Full, Tlp.AmberStrict, null, [], 0, null, false);

    private static async Task Show(GridGateway gateway, Saying say)
    {
        var own = say.Sighting(V1.Tlp.Amber, Seen, "own.example");
        own.Asset = new() { Id = OwnAsset, Sector = "energy", Supplier = OwnSupplier };
        own.Techniques.Add("T1566");
        var shown = say.Sighting(V1.Tlp.Green, Seen, "shown.example");
        (shown.Asset, shown.Count) = (new() { Id = "srv-shown", Sector = "Energy" }, 5);
        shown.Techniques.Add("T1071");
        await Push(gateway, "soc.be", shown, say.Sighting(V1.Tlp.Clear, SeenOnce));
        await Push(gateway, "soc.de", say.Sighting(V1.Tlp.Green, Seen), say.Sighting(V1.Tlp.Green, "shown.example"));
        await Push(gateway, "soc.fr", own);
        await Contribute(gateway, "soc.de", say.Contribution(V1.Tlp.Green, V1.ContributionKind.Note, Seen));
        await Contribute(gateway, "soc.be", say.Contribution(V1.Tlp.Clear, V1.ContributionKind.Opened, SeenOnce));
    }

    private static async Task Hide(GridGateway gateway, Saying say)
    {
        var told = say.Sighting(V1.Tlp.Red, Seen, Hidden);
        (told.Asset, told.Description, told.SourceRef) = (
            new() { Id = HiddenAsset, Sector = "health", Supplier = HiddenSupplier }, "hidden text", "hidden-ref");
        told.Techniques.Add("T1071");
        var embargoed = say.Sighting(V1.Tlp.Green, Seen, SeenOnce);
        embargoed.Marking.EmbargoUntil = say.At(TimeSpan.FromDays(30));
        var narrowed = say.Sighting(V1.Tlp.Green, Seen);
        narrowed.Marking.Recipients.Add("community:circle");
        var denied = say.Sighting(V1.Tlp.AmberStrict, Seen);
        (denied.Kind, denied.Count) = (V1.Kind.FalsePositive, 1_000);
        // On an asset of the supplier that a partner sees of its own.
        var onOwn = say.Sighting(V1.Tlp.Red, Seen);
        onOwn.Asset = new() { Id = HiddenAsset, Supplier = OwnSupplier, Software = { "cpe:2.3:a:hidden:software:*:*:*:*:*:*:*:*" } };
        var bridge = say.Sighting(V1.Tlp.Red, Hidden, SeenOnce);
        bridge.Marking.Recipients.Add("organisation:soc.be");
        // So many neighbours that the value is a hub for whoever sees them.
        var crowd = Enumerable.Range(0, 110).Select(i => say.Sighting(V1.Tlp.Red, Seen, $"crowd-{i}.example"));
        await Push(gateway, "soc.be", [told, onOwn, embargoed, narrowed, denied, say.Sighting(V1.Tlp.Amber, SeenOnce), .. crowd]);
        await Push(gateway, "soc.de", bridge, say.Sighting(V1.Tlp.Red, SeenOnce));
        await Contribute(gateway, "soc.be", say.Contribution(V1.Tlp.Red, V1.ContributionKind.Opened, "hidden-2.example"));
        var split = say.Contribution(V1.Tlp.AmberStrict, V1.ContributionKind.Split, Seen);
        split.Observables.Add(Saying.Domain("shown.example"));
        await Contribute(gateway, "soc.be", split);
        var circle = say.Contribution(V1.Tlp.Green, V1.ContributionKind.Note, Seen);
        circle.Marking.Recipients.Add("community:circle");
        await Contribute(gateway, "soc.be", circle);
    }

    private static async Task Contribute(GridGateway gateway, string owner, V1.Contribution said)
    {
        var heard = await gateway.Ask(owner, Saying.Contribute(said));
        heard.Code.ShouldBe(StatusCode.OK, heard.Text);
    }

    private static async Task Push(GridGateway gateway, string owner, params V1.Sighting[] sightings)
    {
        var heard = await gateway.Ask(owner, Saying.Push(new() { Sightings = { sightings } }));
        heard.Code.ShouldBe(StatusCode.OK, heard.Text);
        V1.BatchAck.Parser.ParseFrom(heard.Messages.Single()).Accepted.ShouldBe((uint)sightings.Length);
    }
}
