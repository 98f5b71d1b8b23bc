using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Incidents;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using static CrossBorderSoc.Tests.Unit.Versions.Examples;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>The records that contracts and the domain write.</summary>
internal static class DomainKinds
{
    private static readonly byte[] Secret = "a secret of thirty-two bytes, ok"u8.ToArray();
    private static readonly SightingBatch Batch = Examples.Batch();
    private static readonly Observable Named = new(ObservableType.DomainName, "named.example");
    private static readonly RecordHeader Header = new(RecordOperation.Sightings, "csirt.be", "BE", 2, At);

    public static IEnumerable<Kind> All =>
    [
        new("marking", "contracts/Sightings/MarkingCodec.cs", Marked, Written(to => MarkingCodec.Write(to, Marked)), ReadMarking)
        {
            IsVersioned = false,
        },
        new("contribution", "contracts/Sightings/ContributionCodec.cs", Said, Written(to => ContributionCodec.Write(to, Said)), ReadSaid)
        {
            IsVersioned = false,
        },
        new("sightings", "contracts/Sightings/SightingBatchBuilder.cs;contracts/Sightings/SightingItem.cs;contracts/Sightings/SightingDetails.cs",
            SightingsOf(Batch), Pack(Batch.Markings, Batch.Content, Ends(Batch)), bytes => SightingsOf(UnpackBatch(bytes))) { IsVersioned = false },
        new("policy", "contracts/Policy/PolicyJson.cs", Policy, Policy.ToBytes(), bytes => PolicyHistory.FromBytes(bytes)) { IsVersioned = false },
        new("compartment", "grains/Disclosure/CompartmentCodec.cs;grains/Disclosure/Compartment.cs;grains/Disclosure/CompartmentCache.cs",
            Inside, Inside.Encoded.ToArray(), bytes => CompartmentCodec.Read(bytes)),
        new("record-header", "grains/Ledger/RecordHeader.cs", Header, Header.ToBytes(), bytes => RecordHeader.Read(bytes)),
        FragmentOf("fragment-plain", 2),
        FragmentOf("fragment-whole", 0),
        Knowledge("knowledge-indicator", "grains/Disclosure/IndicatorTally.cs;grains/Disclosure/Account.cs;grains/Disclosure/Neighbourhood.cs;"
            + "grains/Disclosure/Newest.cs;grains/Disclosure/Contributions.cs;grains/Disclosure/Compartmented.cs", Known.Indicator()),
        Knowledge("knowledge-asset", "grains/Disclosure/AssetTally.cs", Known.Asset()),
        Knowledge("knowledge-trend", "grains/Disclosure/TrendTally.cs;grains/Disclosure/Histogram.cs", Known.Trend()),
        ReleaseOf(),
        Member(),
        new("cursor", "grains/Identity/CursorSeal.cs", Convert.ToHexStringLower(Secret), CursorSeal.Seal(Secret, Secret),
            bytes => Convert.ToHexStringLower(CursorSeal.Open(Secret, bytes) ?? throw new InvalidDataException("Not sealed here.")))
        {
            IsStable = false, IsVersioned = false,
        },
        new("incident-document", "grains/Incidents/IncidentGrain.cs", Named, IncidentGrain.ToBytes(Named), bytes => IncidentGrain.FromBytes(bytes)),
        new("incident-name", "grains/LastSeen/NamedIncidents.cs", Named,
            NamedIncidents.MemberOf(new byte[20], [(byte)Named.Type, .. "named.example"u8]).Bytes.ToArray(),
            bytes => NamedIncidents.ObservableOf(bytes)) { IsVersioned = false },
        Kind.Computed("digests", "contracts/Observables/Digest.cs;grains/Intake/BatchPreparation.cs", Digests()),
        Kind.Computed("actor-keys", "grains/Identity/ActorKeyring.cs;grains/Incidents/IncidentId.cs", ActorKeys()),
    ];

    private static Kind FragmentOf(string name, int item)
    {
        var (start, end) = (item == 0 ? 0 : Batch.Ends[item - 1], Batch.Ends[item]);
        var bytes = Written(to => Fragment.Write(to, item, new(Batch.Content.Span[start..end]), Inside.Encoded));
        return new(name, "grains/Ledger/Fragment.cs", Known.FragmentText(item, Batch), bytes, Known.ReadFragment) { IsVersioned = false };
    }

    private static Kind Knowledge<T>(string name, string source, Compartmented<T> knowledge) where T : class, IKnowledge<T>, new() => new(
        name, source, Known.Seen(knowledge), Written(knowledge.Write),
        bytes => Known.Seen(Compartmented<T>.Read(bytes, new CompartmentCache())));

    private static Kind ReleaseOf()
    {
        var first = Header with { PolicyVersion = 1 };
        var record = new LedgerRecord(7, first.ToBytes(), Batch.Markings, [.. Enumerable.Range(0, Batch.Count).Select(Batch.Item)]);
        var release = ReleaseBuilder.Build(new(Id, 1), 6, [record], Policy.Until(1));
        return new("released", "grains/Releases/ReleasedStatements.cs;grains/Releases/ReleasePreparation.cs", Known.Released(release),
            Pack(release.Compartments, release.Statements!.Content, Ends(release.Statements)), bytes =>
            {
                var (compartments, content, ends) = Unpack(bytes);
                return Known.Released(release with { Compartments = compartments, Statements = new(default, content, ends) });
            })
        { IsVersioned = false };
    }

    private static Kind Member()
    {
        byte[] typed = [(byte)Domain.Type, .. System.Text.Encoding.UTF8.GetBytes(Domain.Text)];
        var bounds = LastSeenCut.BoundsOf(Marked.EmbargoUntil, Marked.ExpiresAt);
        var member = new byte[typed.Length + 1 + bounds.Length];
        LastSeenCut.WriteMember(member, typed, bounds);
        var group = LastSeenCut.GroupOf(Inside);
        return new("last-seen-member", "grains/LastSeen/LastSeenCut.cs;grains/LastSeen/ILastSeenIndex.cs",
            new MemberText(Domain, Marked.EmbargoUntil, Marked.ExpiresAt, At), new LastSeenMember(member, At, At).Key, key =>
            {
                var marking = LastSeenCut.CompartmentOf(group, key.AsSpan(..^8)).Marking;
                return new MemberText(LastSeenCut.ObservableOf(key.AsSpan(..^8)), marking.EmbargoUntil, marking.ExpiresAt,
                    System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(^8..)));
            })
        { IsVersioned = false };
    }

    private static IEnumerable<string> Digests()
    {
        yield return "observable " + Hex(Digest.Of(Domain));
        yield return "asset " + Hex(Digest.OfAsset("csirt.be", "srv-26"));
        yield return "technique " + Hex(Digest.Of(TrendName.OfTechnique("T1566.001")));
        yield return "sector " + Hex(Digest.Of(TrendName.OfSector("Energy")!.Value));
        var prepared = BatchPreparation.Prepare(Batch, Header);
        foreach (var item in prepared.Items) yield return $"item {item.Id} content {item.ContentDigest:x16} marking {item.MarkingDigest:x16}";
        foreach (var each in prepared.Fragments) yield return $"subject {each.Family} {Hex(each.Subject)} at {each.Start} of {each.Length}";
    }

    private static IEnumerable<string> ActorKeys()
    {
        var keys = new ActorKeyring(new Dictionary<Home, byte[]> { [Home.Hub] = Secret, [new Home("BE")] = [.. Secret, 1] });
        yield return keys.KeyOf(Home.Hub, Digest.Of(Domain));
        yield return keys.KeyOf(new Home("BE"), Digest.Of(Domain));
        yield return keys.IncidentKeyOf(Digest.Of(Domain));
        yield return IncidentId.OfKey(keys.IncidentKeyOf(Digest.Of(Domain)));
    }

    private static string Hex(Digest digest)
    {
        var bytes = new byte[Digest.Size];
        digest.Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static Marking ReadMarking(byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        return MarkingCodec.Read(ref reader);
    }

    private static Contribution ReadSaid(byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        return ContributionCodec.Read(ref reader);
    }

    private static Sighting[] SightingsOf(SightingBatch batch)
    {
        var markings = SightingItem.ReadMarkings(batch.Markings.Span);
        return [.. Enumerable.Range(0, batch.Count).Select(i => new SightingItem(batch.Item(i).Span).ToSighting(markings))];
    }

    private static int[] Ends(SightingBatch batch) => [.. batch.Ends];

    // The three parts of a batch one after the other; only kept files have this form.
    private static byte[] Pack(ReadOnlyMemory<byte> table, ReadOnlyMemory<byte> content, int[] ends) => Written(to =>
    {
        foreach (var part in (ReadOnlyMemory<byte>[])[table, content]) to.Block(part.Span);
        foreach (var end in ends) to.VarUInt((ulong)end);
    });

    private static (byte[] Table, byte[] Content, int[] Ends) Unpack(byte[] bytes)
    {
        var reader = new ByteReader(bytes);
        var (table, content, ends) = (reader.Block().ToArray(), reader.Block().ToArray(), new List<int>());
        while (reader.Remaining > 0) ends.Add(reader.Int());
        return (table, content, [.. ends]);
    }

    private static SightingBatch UnpackBatch(byte[] bytes)
    {
        var (table, content, ends) = Unpack(bytes);
        return new(table, content, ends);
    }

    private sealed record MemberText(Observable Observable, long? EmbargoUntil, long? ExpiresAt, long Since);
}
