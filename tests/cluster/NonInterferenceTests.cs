using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>
/// Non-interference on the bytes that leave the gateway: of two grids that differ only in what a partner may not see, that partner
/// hears the same, whatever method it calls. A method without a case here fails.
/// </summary>
public sealed class NonInterferenceTests(Twins twins) : IClassFixture<Twins>
{
    [Fact]
    public async Task EveryMethod_OfTwinsThatDifferInHiddenThings_AnswersTheSameBytes()
    {
        var cases = PartnerCases.Of(twins.Partner, await HiddenIncident());
        // A watch never ends, and its cursors are sealed: WatchTests has its twins.
        var methods = RpcCase.AllMethods.Where(method => method.Name != "Watch").ToList();
        methods.Select(NameOf).ShouldBe(cases.Keys, ignoreOrder: true);
        var answered = new HashSet<string>();
        // The second time there is what the partner has pushed meanwhile.
        for (var round = 1; round <= 2; round++)
        {
            foreach (var partner in (string[])["soc.fr", "agency.eu"])
                foreach (var method in methods)
                    foreach (var sent in cases[NameOf(method)])
                        if (await Compare(partner, new(method, sent))) answered.Add(NameOf(method));
            foreach (var (grid, _) in twins.Both) await grid.ReleasesCaughtUp();
        }
        answered.ShouldBe(cases.Keys, ignoreOrder: true);
    }

    // Twins that do not differ, or whose difference nobody can see, would prove nothing.
    [Fact]
    public async Task Owners_OfTheTwins_HearTheDifference()
    {
        foreach (var question in (RpcCase[])
        [
            Ask("GetIndicator", new V1.GetIndicatorRequest { Observable = Saying.Domain(Twins.Seen) }),
            Ask("GetIndicator", new V1.GetIndicatorRequest { Observable = Saying.Domain(Twins.Hidden) }),
            Ask("GetIndicator", new V1.GetIndicatorRequest { Observable = new() { Type = "supplier", Value = Twins.HiddenSupplier } }),
            Ask("GetAsset", new V1.GetAssetRequest { Owner = "soc.be", AssetId = Twins.HiddenAsset }),
            Ask("GetTrend", new V1.GetTrendRequest { Technique = "T1071" }),
            Ask("GetTrend", new V1.GetTrendRequest { Sector = "health" }),
            Ask("GetIncident", new V1.GetIncidentRequest { Observable = Saying.Domain(Twins.Seen) }),
            Ask("ListIndicators", new V1.ListIndicatorsRequest()),
            Ask("ListIncidents", new V1.ListIncidentsRequest()),
            Ask("ListIndicators", new V1.ListIndicatorsRequest { Filter = new() { Sectors = { "health" } } }),
            Ask("ListIncidents", new V1.ListIncidentsRequest { Filter = new() { Sectors = { "health" } } }),
            Ask("StreamEvidence", new V1.StreamEvidenceRequest { Observable = Saying.Domain(Twins.Seen) }),
        ])
        {
            var heard = await Hear("soc.be", question);
            heard[0].Text.ShouldNotBe(heard[1].Text, question.ToString());
        }
    }

    [Fact]
    public async Task ListsBySector_HoldWhatAPartnerSeesInFull()
    {
        var energy = new V1.ListFilter { Sectors = { "Energy" } };
        // France's own; in full by agreement, from its home; and of Belgium's assets nothing.
        foreach (var (partner, seen) in new[] { ("soc.fr", true), ("agency.eu", true), ("soc.de", false) })
        {
            var indicators = V1.ListIndicatorsResponse.Parser.ParseFrom(
                (await Hear(partner, Ask("ListIndicators", new V1.ListIndicatorsRequest { Filter = energy })))[1].Messages.Single());
            indicators.Indicators.Any(entry => entry.Observable.Value == Twins.Seen).ShouldBe(seen, partner);
            indicators.Indicators.ShouldNotContain(entry => entry.Observable.Value == "shown.example", partner);
            var incidents = V1.ListIncidentsResponse.Parser.ParseFrom(
                (await Hear(partner, Ask("ListIncidents", new V1.ListIncidentsRequest { Filter = energy })))[1].Messages.Single());
            incidents.Incidents.Count.ShouldBe(seen ? 1 : 0, partner);
        }
    }

    private async Task<bool> Compare(string partner, RpcCase question)
    {
        var heard = await Hear(partner, question);
        heard[0].Text.ShouldBe(heard[1].Text, $"{partner}: {question}");
        return heard[0].Code == StatusCode.OK && heard[0].Messages.Any(message => message.Length > 0);
    }

    private async Task<List<Heard>> Hear(string organisation, RpcCase question)
    {
        var heard = new List<Heard>();
        foreach (var (_, gateway) in twins.Both) heard.Add(await gateway.Ask(organisation, question));
        return heard;
    }

    // Belgium sees its own and the German sighting of the value, so for it there is an incident.
    private async Task<string> HiddenIncident()
    {
        var heard = await twins.Both[0].Gateway.Ask(
            "soc.be", Ask("GetIncident", new V1.GetIncidentRequest { Observable = Saying.Domain(Twins.Hidden) }));
        heard.Code.ShouldBe(StatusCode.OK);
        return V1.GetIncidentResponse.Parser.ParseFrom(heard.Messages.Single()).Incident.Id;
    }

    private static RpcCase Ask(string method, Google.Protobuf.IMessage sent) =>
        new(V1.AnalysisService.Descriptor.FindMethodByName(method), sent);

    private static string NameOf(Google.Protobuf.Reflection.MethodDescriptor method) => $"{method.Service.Name}.{method.Name}";
}
