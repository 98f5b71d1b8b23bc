using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>What the kept records are of. To change an example is to need new files: add another instead.</summary>
internal static class Examples
{
    /// <summary>2026-06-01T12:34:56.789Z.</summary>
    public const long At = 1_780_317_296_789;

    public static readonly Guid Id = new("8c580838-2f40-5d8f-8587-ac62115f98e1");
    public static readonly Observable Address = new(ObservableType.Ipv4Addr, "192.0.2.7");
    public static readonly Observable Domain = new(ObservableType.DomainName, "evil.example");
    public static readonly Observable Hash = new(ObservableType.FileMd5, "8bb2af2b13cd4e2d90a81254aea0d169");

    public static readonly Marking Marked = new(
        Tlp.AmberStrict, Pap.Amber, Attribution.Jurisdiction,
        [new(RecipientKind.Organisation, "nsoc.fi"), new(RecipientKind.Community, "energy"), new(RecipientKind.Person, "ada@nsoc.fi")],
        At - 86_400_000, At + 864_000_000);

    public static readonly Marking Clear = new(Tlp.Clear, Pap.Clear, Attribution.Named, [], null, null);
    public static readonly Contribution Said = new(ContributionKind.Opened, 2, "BE", "energy", "grid control, ünit 7");
    public static readonly AssetStatement Asset = new(
        "srv-26", "energy", "dispatch", "high", ["cpe:2.3:a:siemens:sinec_nms:1.0:*:*:*:*:*:*:*"], "Siemens AG");

    public static readonly Compartment Inside = Of(Marked, SightingKind.Positive, Address, Domain);

    public static readonly PolicyHistory Policy = PolicyHistory.Empty.Append(
        [
            new("csirt.be", "BE", "CSIRT België", OrganisationKind.Csirt, ["energy"], ["power.be"], Pap.Green),
            new("nsoc.fi", "FI", "Suomen kyber", OrganisationKind.NationalSoc, [], [], Pap.Amber),
        ],
        [
            new("be-fi", Party.Parse("csirt.be"), Party.Parse("nsoc.fi"), DisclosureLevel.Full, Tlp.AmberStrict,
                ObservableTypeSet.Of(ObservableType.Ipv4Addr), [SightingKind.Positive], At - 1_000, At + 9_000_000_000, Revoked: false),
        ]).Append(
        [new("csirt.be", "BE", "CSIRT België", OrganisationKind.Csirt, [], [], Pap.Green)], []);

    /// <summary>A sighting with every part, a contribution, and a plain sighting.</summary>
    public static SightingBatch Batch()
    {
        var builder = new SightingBatchBuilder(3);
        var whole = Draft(builder, Id, Marked, SightingKind.Positive, Address, Domain, Hash);
        (whole.Asset, whole.Description, whole.SourceRef, whole.Count) = (Asset, "ticket 08068 – größer", "reporter-0018", 4_000_000_000);
        whole.Techniques.AddRange(["T1071.001", "T1566"]);
        builder.Add(whole);
        var said = Draft(builder, Other(1), Clear, SightingKind.Contribution, Domain);
        (said.Contribution, said.Description) = (Said, "seen in two states");
        builder.Add(said);
        builder.Add(Draft(builder, Other(2), Clear, SightingKind.FalsePositive, Address));
        return builder.Build();
    }

    public static Compartment Of(Marking marking, SightingKind kind, params Observable[] observables) => new(
        "csirt.be", "BE", marking, kind, 2, observables.Aggregate(default(ObservableTypeSet), (set, each) => set.With(each.Type)));

    public static byte[] Written(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return writer.ToArray();
    }

    public static Guid Other(byte last) => new([.. Id.ToByteArray()[..15], last]);

    private static SightingDraft Draft(
        SightingBatchBuilder builder, Guid id, Marking marking, SightingKind kind, params Observable[] observables)
    {
        var draft = new SightingDraft
        {
            Id = id,
            MarkingIndex = builder.AddMarking(marking),
            Kind = kind,
            Confidence = 83,
            FirstSeen = At - 5_000,
            LastSeen = At,
        };
        draft.Observables.AddRange(observables);
        return draft;
    }
}
