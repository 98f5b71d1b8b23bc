using CrossBorderSoc.Tests.K8s.Network;
using k8s.Models;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>The arrows of the design, and no other: who may open a connection to whom, in a grid of the hub and two states among strangers.</summary>
public sealed class ArrowTests
{
    private static readonly (string Protocol, int Port)[] Ports =
        [("TCP", 11111), ("TCP", 5080), ("TCP", 5081), ("TCP", 5082), ("TCP", 6379), ("TCP", 53), ("UDP", 53), ("TCP", 443), ("UDP", 11111)];

    private static readonly Place[] Strangers =
    [
        Place.Other("dns", "kube-system", ("k8s-app", "kube-dns")),
        Place.Other("stranger", "shop", ("app", "web")),
        // Whoever may label pods of another namespace is nobody here.
        Place.Other("false-silo", "shop", ("app.kubernetes.io/component", "silo")),
        Place.Other("false-redis", "shop", ("app.kubernetes.io/component", "redis")),
        Place.Other("false-membership", "shop", ("app.kubernetes.io/component", "membership")),
        Place.Outside("outside", "198.51.100.9"),
        Place.Outside("existing-redis", "192.0.2.10"),
    ];

    [Fact]
    public void Grid_Arrows_AreThoseOfTheDesign() =>
        Arrows([Overlays.Load("hub"), Overlays.Load("be"), Overlays.Load("de")]).ShouldBe(Expected("hub", "BE", "DE"), ignoreOrder: true);

    [Fact]
    public void StateWithAnExistingRedis_Arrows_LeadThere() =>
        Arrows([Overlays.Load("fr-existing-redis")]).Where(arrow => arrow.StartsWith("FR/silo", StringComparison.Ordinal))
            .ShouldBe(["FR/silo > FR/silo TCP 11111", "FR/silo > FR/gateway TCP 11111", "FR/silo > dns TCP 53", "FR/silo > dns UDP 53",
                "FR/silo > existing-redis TCP 6379"], ignoreOrder: true);

    [Fact]
    public void Pilot_Arrows_AreOfClientsOnly() =>
        Arrows([Overlays.Load("all-in-one")])
            .ShouldBe(Strangers.Select(stranger => $"{stranger.Name} > one/node TCP 5081"), ignoreOrder: true);

    public static TheoryData<string> Holes => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Holes))]
    public void Policy_BrokenInOnePlace_IsFound(string name)
    {
        Manifests[] grid = [Overlays.Load("hub"), Overlays.Load("be")];
        Arrows(grid).ShouldBe(Expected("hub", "BE"), ignoreOrder: true);
        Broken[name](grid[1]);
        Arrows(grid).Order().ShouldNotBe(Expected("hub", "BE").Order());
    }

    private static readonly Dictionary<string, Action<Manifests>> Broken = new(StringComparer.Ordinal)
    {
        ["no default"] = m => m.All.RemoveAll(one => one is V1NetworkPolicy { Metadata.Name: "nothing-else" }),
        ["outgoing by default"] = m => m.Of<V1NetworkPolicy>("nothing-else").Spec.PolicyTypes.Remove("Egress"),
        ["Redis for everybody"] = m => m.Of<V1NetworkPolicy>("redis").Spec.Ingress[0].FromProperty = [],
        ["Redis for gateways"] = m => m.Of<V1NetworkPolicy>("redis").Spec.Ingress[0].FromProperty[0].PodSelector
            .MatchLabels["app.kubernetes.io/component"] = "gateway",
        ["no way to Redis"] = m => m.All.RemoveAll(one => one is V1NetworkPolicy { Metadata.Name: "to-redis" }),
        ["silos for everybody's silos"] = m => m.Of<V1NetworkPolicy>("nodes").Spec.Ingress[0].FromProperty[0].NamespaceSelector = new(),
        ["silos of one's own only"] = m => m.Of<V1NetworkPolicy>("nodes").Spec.Egress[0].To[0].NamespaceSelector = null,
        ["the operator's port"] = m => m.Of<V1NetworkPolicy>("clients").Spec.Ingress[0].Ports[0].EndPort = 5082,
        ["clients to silos"] = m => m.Of<V1NetworkPolicy>("clients").Spec.PodSelector = new(),
        ["out to anywhere"] = m => m.Of<V1NetworkPolicy>("dns").Spec.Egress[0].To = null,
        ["no names"] = m => m.Of<V1NetworkPolicy>("dns").Spec.Egress[0].Ports.RemoveAt(0),
    };

    private static IEnumerable<string> Expected(params string[] homes)
    {
        string[] nodes = [.. homes.SelectMany(home => (string[])[$"{home}/silo", $"{home}/gateway"])];
        return
        [
            .. from node in nodes from other in nodes select $"{node} > {other} TCP 11111",
            .. from node in nodes select $"{node} > hub/membership TCP 6379",
            .. from node in nodes from protocol in (string[])["TCP", "UDP"] select $"{node} > dns {protocol} 53",
            .. from home in homes select $"{home}/silo > {home}/redis TCP 6379",
            .. from home in homes from client in Strangers select $"{client.Name} > {home}/gateway TCP 5081",
        ];
    }

    private static List<string> Arrows(Manifests[] grid)
    {
        Place[] ours = [.. grid.SelectMany(manifests => manifests.Workloads.Select(workload => Place.Of(manifests, workload)))];
        Place[] all = [.. ours, .. Strangers];
        return
        [
            .. from @from in all
               from to in all
               where ours.Contains(@from) || ours.Contains(to)
               from port in Ports
               where Reach.May(@from, to, port.Protocol, port.Port)
               select $"{@from.Name} > {to.Name} {port.Protocol} {port.Port}",
        ];
    }
}
