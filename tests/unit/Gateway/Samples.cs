using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Intake;
using CrossBorderSoc.Tests.Unit.Identity;
using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>A small consortium, and a sighting that is good in every field.</summary>
internal static class Samples
{
    public static readonly long Now = TokenForge.Start.ToUnixTimeMilliseconds();

    public static PolicyHistory Policy { get; } = PolicyHistory.Empty.Append(
        [
            Organisation("nsoc.be", "BE", ["csirts", "hub-members"], Pap.Green), Organisation("energy.be", "BE", []),
            Organisation("nsoc.de", "DE", ["csirts"]), Organisation("nsoc.fr", "FR", ["isac-energy"]),
        ],
        [
            Agreement("be-de", Party.Organisation("nsoc.be"), Party.Organisation("nsoc.de")),
            Agreement("csirts-fr", Party.Community("csirts"), Party.Organisation("nsoc.fr")),
            Agreement("energy-fr", Party.Organisation("energy.be"), Party.Organisation("nsoc.fr")),
        ]);

    public static IntakeTerms Terms { get; } =
        new(Policy.Newest!.Find("nsoc.be")!, Policy.Newest!, Now, Contracts.Bounds.RetentionDaysDefault);

    public static V1.Sighting Sighting(int number = 1) => new()
    {
        Id = $"00000000-0000-4000-8000-{number:000000000000}",
        Observables = { new V1.Observable { Type = "ipv4-addr", Value = "192.0.2.1" } },
        FirstSeen = At(TimeSpan.FromHours(-2)),
        LastSeen = At(TimeSpan.FromHours(-1)),
        Count = 3,
        Kind = V1.Kind.Positive,
        Confidence = 50,
        Marking = new() { Tlp = V1.Tlp.Amber },
    };

    public static V1.SightingBatch Batch(ulong sequence, params IEnumerable<V1.Sighting> sightings) =>
        new() { Sequence = sequence, Sightings = { sightings } };

    public static Timestamp At(TimeSpan fromNow) => Timestamp.FromDateTimeOffset(TokenForge.Start + fromNow);

    private static Organisation Organisation(string id, string jurisdiction, string[] communities, Pap pap =
        Pap.Unspecified) =>
        new(id, jurisdiction, id, OrganisationKind.NationalSoc, [.. communities], [], pap);

    private static Agreement Agreement(string id, Party provider, Party consumer) =>
        new(id, provider, consumer, DisclosureLevel.Full, Tlp.AmberStrict, null, [], 0, null, false);
}
