using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class MergeLawsTests
{
    private static readonly PolicyHistory History = PolicyHistory.Empty
        .Append([Samples.Org("a.be"), Samples.Org("b.be"), Samples.Org("c.de"), Samples.Org("d.fr", ["x"])], [])
        .Append([Samples.Org("a.be"), Samples.Org("b.be"), Samples.Org("c.de"), Samples.Org("d.fr", ["x", "y"])], [])
        .Append([Samples.Org("a.be"), Samples.Org("b.be"), Samples.Org("c.de"), Samples.Org("d.fr", ["x"])], []);

    private static readonly Gen<Samples.Said[]> Many = Samples.Statements.Array[0, 300];

    [Fact]
    public void Indicator_AnyOrderAnyParts_SameBytes() =>
        Gen.Select(Many, Gen.Int[0, 300], Gen.Int).Sample((said, at, seed) =>
    {
        var shuffled = said.ToArray();
        new Random(seed).Shuffle(shuffled);
        var cut = Math.Min(at, said.Length);
        var merged = Indicator(shuffled[cut..]);
        merged.Merge(Indicator(shuffled[..cut]));
        Samples.Bytes(merged).ShouldBe(Samples.Bytes(Indicator(said)));
    }, iter: 200);

    [Fact]
    public void Asset_AnyOrderAnyParts_SameBytes() =>
        Gen.Select(Many, Gen.Int[0, 300], Gen.Int).Sample((said, at, seed) =>
    {
        var shuffled = said.ToArray();
        new Random(seed).Shuffle(shuffled);
        var cut = Math.Min(at, said.Length);
        var merged = Asset(shuffled[cut..]);
        merged.Merge(Asset(shuffled[..cut]));
        Samples.Bytes(merged).ShouldBe(Samples.Bytes(Asset(said)));
    }, iter: 200);

    [Fact]
    public void Snapshot_RoundTrips_AndAnswersTheSame() => Many.Sample(said =>
    {
        var bytes = Samples.Bytes(Indicator(said));
        var read = Compartmented<IndicatorTally>.Read(bytes, new());
        Samples.Bytes(read).ShouldBe(bytes);
        View(read, "d.fr").ShouldBe(View(Indicator(said), "d.fr"));
        var asset = Samples.Bytes(Asset(said));
        Samples.Bytes(Compartmented<AssetTally>.Read(asset, new())).ShouldBe(asset);
    }, iter: 200);

    [Fact]
    public void Snapshot_OfBeforeConfidence_IsReadWithoutIt() => Samples.Statements.Where(one => !one.IsContribution).Sample(said =>
    {
        said = said with { Joined = [], Sector = null };
        var old = OfBeforeConfidence(Samples.Bytes(Indicator([said])));
        View(Compartmented<IndicatorTally>.Read(old, new()), "d.fr")
            .ShouldBe(View(Indicator([said with { Confidence = 0 }]), "d.fr"));
    }, iter: 200);

    [Fact]
    public void Snapshot_OfBeforeAssetsJoinedAnything_IsReadWithoutIt() =>
        Samples.Statements.Where(one => !one.IsContribution).Sample(said =>
    {
        said = said with { Joined = [], Sector = null };
        var bytes = Samples.Bytes(Indicator([said]));
        Samples.Bytes(Compartmented<IndicatorTally>.Read([3, .. bytes[1..^3]], new())).ShouldBe(bytes);
    }, iter: 200);

    [Fact]
    public void Snapshot_OfBeforeSectors_IsReadWithoutThem() => Samples.Statements.Sample(said =>
    {
        var bytes = Samples.Bytes(Indicator([said with { Sector = null }]));
        Samples.Bytes(Compartmented<IndicatorTally>.Read([4, .. bytes[1..^1]], new())).ShouldBe(bytes);
    }, iter: 200);

    [Fact]
    public void Snapshot_CutAnywhere_IsInvalidData()
    {
        var said = Samples.Statements.Array[20].Single(_ => true, "d30sWnOdOwv3");
        foreach (var bytes in new[] { Samples.Bytes(Indicator(said)), Samples.Bytes(Asset(said)) })
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Should.Throw<InvalidDataException>(() => Compartmented<IndicatorTally>.Read(cut, new()));
                Should.Throw<InvalidDataException>(() => Compartmented<AssetTally>.Read(cut, new()));
            }
    }

    [Fact]
    public void View_OfPartsByJurisdiction_MergesToTheViewOfAll() =>
        Gen.Select(Many, Samples.One("a.be", "c.de", "d.fr"))
        .Sample((said, caller) =>
        {
            var parts = said.GroupBy(s => s.Where.Owner).Select(g => View(Indicator(g), caller)).ToArray();
            var whole = View(Indicator(said), caller);
            IndicatorView.Merge(parts).ShouldBe(whole);
            IndicatorView.Merge(parts.Reverse()).ShouldBe(whole);
            var (left, right) = (parts.Take(1), parts.Skip(1));
            IndicatorView.Merge(IndicatorView.Merge(left), IndicatorView.Merge(right)).ShouldBe(whole);
        }, iter: 200);

    // Version 1 of a snapshot of one compartment: without the two bytes behind count, first and last, and the four lists at the end.
    private static byte[] OfBeforeConfidence(byte[] snapshot)
    {
        var reader = new ByteReader(snapshot);
        _ = (reader.Byte(), reader.Count());
        _ = reader.Block();
        _ = (reader.VarUInt(), reader.VarInt(), reader.VarInt());
        return [1, .. snapshot[1..reader.Position], .. snapshot[(reader.Position + 2)..^4]];
    }

    private static IndicatorView View(Compartmented<IndicatorTally> knowledge, string caller) =>
        knowledge.DiscloseIndicator(
        new(new(caller), History), ObservableType.Ipv4Addr, Samples.Noon, Reading.DomesticAtHome).View;

    private static Compartmented<IndicatorTally> Indicator(IEnumerable<Samples.Said> said)
    {
        var knowledge = new Compartmented<IndicatorTally>();
        foreach (var one in said) one.AddTo(knowledge);
        return knowledge;
    }

    private static Compartmented<AssetTally> Asset(IEnumerable<Samples.Said> said)
    {
        var knowledge = new Compartmented<AssetTally>();
        foreach (var one in said) one.AddTo(knowledge);
        return knowledge;
    }
}
