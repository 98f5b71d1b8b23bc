using Google.Protobuf;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>What a partner calls: of every method something visible, something hidden, something absent and something wrong.</summary>
internal static class PartnerCases
{
    private const string Absent = "absent.example";
    private const string HiddenId = "00000000-0000-4000-8000-000000000100";

    /// <summary>The calls by method. One that is missing here fails the test that looks for it.</summary>
    /// <param name="say">Makes the partner's own sightings.</param>
    /// <param name="hiddenIncident">The identifier of an incident that the partner does not see.</param>
    public static IReadOnlyDictionary<string, IMessage[]> Of(Saying say, string hiddenIncident) => new Dictionary<string, IMessage[]>
    {
        ["AnalysisService.GetIndicator"] =
        [
            .. Values.Select(value => new V1.GetIndicatorRequest { Observable = Saying.Domain(value) }),
            .. Suppliers.Select(supplier => new V1.GetIndicatorRequest { Observable = supplier }),
            new V1.GetIndicatorRequest(), new V1.GetIndicatorRequest { Observable = new() { Type = "shoe-size", Value = "43" } },
        ],
        ["AnalysisService.GetAsset"] =
        [
            Asset("soc.fr", Twins.OwnAsset), Asset("soc.be", Twins.HiddenAsset), Asset("soc.be", "absent"), Asset("nobody", "absent"),
            Asset("", ""),
        ],
        ["AnalysisService.GetIncident"] =
        [
            .. Values.Select(value => new V1.GetIncidentRequest { Observable = Saying.Domain(value) }),
            .. Suppliers.Select(supplier => new V1.GetIncidentRequest { Observable = supplier }),
            new V1.GetIncidentRequest { IncidentId = hiddenIncident },
            new V1.GetIncidentRequest { IncidentId = "INC-" + new string('A', 32) }, new V1.GetIncidentRequest(),
        ],
        ["AnalysisService.ListIndicators"] =
        [
            new V1.ListIndicatorsRequest(), new V1.ListIndicatorsRequest { PageSize = 1 },
            new V1.ListIndicatorsRequest { Filter = new() { Text = "hidden" } },
            new V1.ListIndicatorsRequest { Filter = new() { Types_ = { "supplier", "software" } } },
            new V1.ListIndicatorsRequest { Filter = new() { Jurisdictions = { "BE" }, Types_ = { "domain-name" } }, PageSize = 2 },
            .. BySector.Select(filter => new V1.ListIndicatorsRequest { Filter = filter }),
            new V1.ListIndicatorsRequest { PageToken = "none" }, new V1.ListIndicatorsRequest { MinScore = 101 },
        ],
        ["AnalysisService.ListIncidents"] =
        [
            new V1.ListIncidentsRequest(), new V1.ListIncidentsRequest { PageSize = 1 },
            .. BySector.Select(filter => new V1.ListIncidentsRequest { Filter = filter }),
            new V1.ListIncidentsRequest { Filter = new() { Text = "hidden" } }, new V1.ListIncidentsRequest { PageToken = "none" },
        ],
        ["AnalysisService.GetTrend"] =
        [
            Technique("T1071"), Technique("T1566"), Technique("T9999"), Technique("nonsense"), Sector(" Energy"), Sector("health"),
            Sector("absent"), Sector(" "), new V1.GetTrendRequest(),
        ],
        ["AnalysisService.StreamEvidence"] =
        [
            .. Values.Select(value => new V1.StreamEvidenceRequest { Observable = Saying.Domain(value) }),
            .. Suppliers.Select(supplier => new V1.StreamEvidenceRequest { Observable = supplier }),
            new V1.StreamEvidenceRequest { Observable = Saying.Domain(Twins.Seen), Limit = 1 },
            new V1.StreamEvidenceRequest { Observable = Saying.Domain(Twins.Seen), Limit = 1_000_000 },
        ],
        ["IncidentService.Contribute"] = [.. Contributions(say)],
        ["ConsortiumService.ListOrganisations"] =
        [
            new V1.ListOrganisationsRequest(), new V1.ListOrganisationsRequest { PageSize = 1 },
            new V1.ListOrganisationsRequest { PageToken = "none" },
        ],
        ["ConsortiumService.ListCommunities"] =
            [new V1.ListCommunitiesRequest(), new V1.ListCommunitiesRequest { PageSize = 1 }],
        ["ConsortiumService.ListAgreements"] = [new V1.ListAgreementsRequest(), new V1.ListAgreementsRequest { PageSize = 1 }],
        ["SightingService.Push"] = [.. Batches(say)],
    };

    private static string[] Values => [Twins.Seen, Twins.SeenOnce, "shown.example", Twins.Hidden, "crowd-1.example", Absent];

    private static IEnumerable<V1.ListFilter> BySector => ((string[])[" ENERGY", "health", "absent", ""])
        .Select(sector => new V1.ListFilter { Sectors = { sector } });

    private static IEnumerable<V1.Observable> Suppliers => ((string[])[Twins.HiddenSupplier, Twins.OwnSupplier, "Absent Supplier"])
        .Select(name => new V1.Observable { Type = "supplier", Value = name });

    private static IEnumerable<V1.SightingBatch> Batches(Saying say)
    {
        var (own, ofAnother, conflict) = (say.Sighting(V1.Tlp.Green, Twins.Hidden, Absent), say.Sighting(V1.Tlp.Red, "x.example"),
            say.Sighting(V1.Tlp.Green, "y.example"));
        // The identifier of a sighting that another owner hides.
        ofAnother.Id = HiddenId;
        conflict.Id = own.Id;
        var (unknown, closed, outside) = (say.Sighting(V1.Tlp.Green, Twins.Seen), say.Sighting(V1.Tlp.Green, Twins.Seen), own.Clone());
        unknown.Marking.Recipients.Add("organisation:nobody");
        closed.Marking.Recipients.Add("community:circle");
        outside.Observables.Add(new V1.Observable { Type = "ipv4-addr", Value = "1.2.3" });
        yield return Batch(own, say.Sighting(V1.Tlp.Red, Twins.Seen, Twins.Hidden), ofAnother);
        yield return Batch(own, conflict, unknown, closed, outside, new V1.Sighting());
    }

    private static IEnumerable<V1.ContributeRequest> Contributions(Saying say) =>
    [
        new(), Said(say, V1.Tlp.Green, Twins.Seen), Said(say, V1.Tlp.Red, "own-2.example"), Said(say, V1.Tlp.Green, Absent),
        Said(say, V1.Tlp.Green, "not a domain"),
        // The identifier of what another owner hides.
        new() { Contribution = say.Contribution(V1.Tlp.Green, V1.ContributionKind.Note, Twins.Seen, HiddenId) },
    ];

    private static V1.ContributeRequest Said(Saying say, V1.Tlp tlp, string value) =>
        new() { Contribution = say.Contribution(tlp, V1.ContributionKind.Opened, value) };

    private static V1.SightingBatch Batch(params V1.Sighting[] sightings) => new() { Sequence = 7, Sightings = { sightings } };

    private static V1.GetTrendRequest Technique(string identifier) => new() { Technique = identifier };

    private static V1.GetTrendRequest Sector(string name) => new() { Sector = name };

    private static V1.GetAssetRequest Asset(string owner, string id) => new() { Owner = owner, AssetId = id };
}
