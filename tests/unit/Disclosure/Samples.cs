using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CsCheck;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Small things that the tests of disclosure are made of.</summary>
internal static class Samples
{
    public const long Hour = 3_600_000;

    /// <summary>2026-06-01T12:00:00Z.</summary>
    public const long Noon = 1_780_315_200_000;

    public static readonly ObservableTypeSet Ip = ObservableTypeSet.Of(ObservableType.Ipv4Addr);
    public static readonly ObservableTypeSet IpAndDomain = Ip.With(ObservableType.DomainName);

    public static Marking Marked(Tlp tlp, params string[] recipients) => new(
        tlp, Pap.Clear, Marking.DefaultAttribution(tlp), [.. recipients.Select(Recipient).Order()], null, null);

    public static Compartment In(
        string owner, Marking marking, ObservableTypeSet? types = null, int epoch = 1,
        SightingKind kind = SightingKind.Positive) =>
        new(owner, owner[^2..].ToUpperInvariant(), marking, kind, epoch, types ?? IpAndDomain);

    public static Organisation Org(string id, string[]? communities = null, string[]? clients = null) => new(
        id, id[^2..].ToUpperInvariant(), id, OrganisationKind.Csirt, [.. communities ?? []], [.. clients ?? []],
            Pap.Amber);

    public static Agreement Agreed(
        string provider, string consumer, DisclosureLevel level = DisclosureLevel.Full, Tlp max = Tlp.AmberStrict,
        ObservableTypeSet? types = null, long from = 0, long? until = null, bool revoked = false) => new(
        $"{provider}-{consumer}-{from}", Party.Parse(provider), Party.Parse(consumer), level, max, types, [], from,
            until, revoked);

    public static PolicyHistory Policy(params Agreement[] agreements) => PolicyHistory.Empty.Append(
        [Org("a.be"), Org("b.be"), Org("c.de"), Org("d.fr")], agreements);

    public static byte[] Bytes<T>(Compartmented<T> knowledge) where T : class, IKnowledge<T>, new()
    {
        var writer = new ByteWriter();
        knowledge.Write(writer);
        return writer.ToArray();
    }

    /// <summary>A statement that can be kept, which a <see cref="Statement"/> cannot.</summary>
    public sealed record Said(
        Compartment Where, uint Count, long First, long Last, Observable[] Beside, string[] Techniques, string? Asset,
        byte Confidence, Observable[] Joined, string? Sector = null)
    {
        public bool IsContribution => Where.Kind == SightingKind.Contribution;

        public void AddTo(Compartmented<IndicatorTally> knowledge) => knowledge.Add(Where, IsContribution ? Contributed() : new()
        {
            Count = Count,
            FirstSeen = First,
            LastSeen = Last,
            Neighbours = Beside,
            Techniques = Techniques,
            AssetId = Asset,
            Confidence = Confidence,
            Joined = Joined,
            Sector = Sector,
        });

        private Statement Contributed() => Statement.OfContribution(
            new((int)Count, 0, 0, [0, 0, 0, 0, 0, 0, 0, Confidence]), Last,
            new((ContributionKind)(1 + Count % 7), (byte)(Count % 3), "BE", Asset ?? "", ""), string.Join(',', Techniques),
            [.. Beside.Order()]);

        public void AddTo(Compartmented<AssetTally> knowledge) => knowledge.Add(Where, new()
        {
            Count = Count,
            FirstSeen = First,
            LastSeen = Last,
            Neighbours = Beside,
            Techniques = Techniques,
            Confidence = Confidence,
            Asset = new("asset", Asset ?? "", "service", "high", [.. Techniques], "supplier"),
        });
    }

    public static Gen<Compartment> Compartments { get; } = Gen.Select(
        One("a.be", "b.be", "c.de"), Gen.Enum<Tlp>().Where(t => t != Tlp.Unspecified), Gen.Int[0, 4],
        Gen.Int[1, 3], One("organisation:d.fr", "community:x", "person:p@c.de"),
        (owner, tlp, kind, epoch, recipient) => In(
            owner, Marked(tlp, recipient), epoch: epoch, kind: (SightingKind)Math.Max(1, kind)));

    public static Gen<Said> Statements { get; } = Gen.Select(
        Compartments, Gen.UInt[1, 1000], Gen.Long[0, 200 * Hour], Gen.Long[0, 3 * Hour],
        Gen.Select(Gen.Bool, Gen.Int[0, 300], (isIp, n) => new Observable(
            isIp ? ObservableType.Ipv4Addr : ObservableType.DomainName, $"v{n}")).Array[0, 5],
        Gen.Int[0, 99].Select(n => $"T{n}").Array[0, 3], Gen.Int[0, 150].Select(n => n < 50 ? null : $"asset-{n}"),
        Gen.Select(
            Gen.Byte[0, 100], Gen.Int[0, 300].Select(n => new Observable(ObservableType.Supplier, $"s{n}")).Array[0, 2],
            Gen.Int[0, 120].Select(n => n < 30 ? null : $"sector {n}")),
        (where, count, last, span, beside, techniques, asset, more) =>
            new Said(where, count, last - span, last, beside, techniques, asset, more.Item1, more.Item2, more.Item3));

    public static Gen<T> One<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static Recipient Recipient(string text) => Contracts.Sightings.Recipient.TryParse(text, out var recipient)
        ? recipient : throw new ArgumentException("not a recipient", nameof(text));
}
