using CrossBorderSoc.Contracts.Encoding;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Storage;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>What a newer version adds where there is no version byte is refused, not read in part.</summary>
public sealed class RefusalTests
{
    private const int FlagsOfMarking = 3;

    [Fact]
    public void Marking_AFlagThatIsNotKnown_IsRefused() => Refused(() =>
    {
        var reader = new ByteReader(Changed("marking", FlagsOfMarking, bytes => (byte)(bytes | 4)));
        MarkingCodec.Read(ref reader);
    });

    [Fact]
    public void Contribution_AKindThatIsNotKnown_IsRefused() => Refused(() =>
    {
        var reader = new ByteReader(Changed("contribution", 0, _ => 99));
        ContributionCodec.Read(ref reader);
    });

    [Fact]
    public void Fragment_AFlagThatIsNotKnown_IsRefused() =>
        Refused(() => _ = new Fragment(Changed("fragment-whole", 0, flags => (byte)(flags | 8))).Count);

    [Fact]
    public void Sighting_AKindThatIsNotKnown_IsRefused() => Refused(() =>
    {
        var plain = Examples.Batch().Item(2).ToArray();
        // Behind the identifier and an index of one byte.
        plain[17] = 9;
        _ = new SightingItem(plain).Count;
    });

    [Fact]
    public void Sighting_ADetailThatIsNotKnown_IsRefused() => Refused(() =>
    {
        var plain = Examples.Batch().Item(2).ToArray();
        plain[^1] |= 32;
        _ = new SightingItem(plain).Count;
    });

    [Fact]
    public void LedgerRecord_AKindThatIsNotKnown_IsRefused() =>
        Refused(() => RecordFormat.Read(258, Changed("ledger-sightings", 1, _ => 9)));

    [Fact]
    public void Header_AnOperationThatIsNotKnown_IsRefused() => Refused(() => RecordHeader.Read(Changed("record-header", 1, _ => 9)));

    private static byte[] Changed(string kind, int at, Func<byte, byte> change)
    {
        var bytes = RecordTests.All.Single(each => each.Name == kind).Bytes.ToArray();
        bytes[at] = change(bytes[at]);
        return bytes;
    }

    private static void Refused(Action read) => Should.Throw<InvalidDataException>(read).Message.ShouldContain("version");
}
