using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.LastSeen;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What every store's index of what was last seen does, in memory and on disk.</summary>
public sealed class LastSeenIndexTests : IAsyncLifetime
{
    private const long Hour = 3_600_000;
    private static readonly byte[] Group = [1, 2, 3];
    private static readonly byte[] Beside = [1, 2];

    private readonly TempDirectory _directory = new();
    private Silo.Embedded.EmbeddedStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = Silo.Embedded.EmbeddedStore.Open(new()
        {
            Directory = _directory.Path,
            Homes = [new("BE"), new("DE")],
            Census = new Grains.Ledger.LedgerMarkingCensus(new()),
        });
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _directory.DisposeAsync();
    }

    public static TheoryData<bool> Stores { get; } = [true, false];

    [Theory, MemberData(nameof(Stores))]
    public async Task Members_NewestHourFirst_ThenByBytes_EachOnceAtItsNewestHour(bool isOnDisk)
    {
        var index = IndexOf(isOnDisk);
        await Add(index, 1, (Group, [("b", 5), ("a", 5), ("c", 9)]), (Beside, [("a", 7)]));
        await Add(index, 2, (Group, [("c", 3), ("a", 8), ("aa", 5)]));
        (await index.ReadPosition(default)).ShouldBe(2);
        (await Read(index, Group, 100, "", 10)).ShouldBe(["c9", "a8", "aa5", "b5"]);
        (await Read(index, Beside, 100, "", 10)).ShouldBe(["a7"]);
        (await index.ReadGroups(default)).Select(group => (Convert.ToHexString(group.Group.Span), group.NewestHour / Hour))
            .ShouldBe([("010203", 9), ("0102", 7)], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Reading_FromAPlace_GoesOnThere(bool isOnDisk)
    {
        var index = IndexOf(isOnDisk);
        await Add(index, 1, (Group, [("a", 5), ("b", 5), ("c", 5), ("d", 4)]));
        (await Read(index, Group, 5, "b", 10)).ShouldBe(["b5", "c5", "d4"]);
        (await Read(index, Group, 5, "b\0", 1)).ShouldBe(["c5"]);
        (await Read(index, Group, 4, "", 10)).ShouldBe(["d4"]);
        (await Read(index, Group, 3, "", 10)).ShouldBeEmpty();
        (await Read(index, [9], 9, "", 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Index_OfOneHome_IsNotThatOfAnother_AndSurvivesARestart()
    {
        await Add(_store[new("BE")].LastSeen, 4, (Group, [("a", 5)]));
        await _store.DisposeAsync();
        await InitializeAsync();
        (await Read(_store[new("BE")].LastSeen, Group, 9, "", 10)).ShouldBe(["a5"]);
        (await _store[new("BE")].LastSeen.ReadPosition(default)).ShouldBe(4);
        (await _store[new("DE")].LastSeen.ReadGroups(default)).ShouldBeEmpty();
        (await _store[new("DE")].LastSeen.ReadPosition(default)).ShouldBe(0);
    }

    private ILastSeenIndex IndexOf(bool isOnDisk) => isOnDisk ? _store[new("BE")].LastSeen : new MemoryLastSeen();

    private static async Task Add(
        ILastSeenIndex index, long position, params (byte[] Group, (string Member, long Hour)[] Members)[] seen) =>
        await index.Add(
            seen.Select(each => ((ReadOnlyMemory<byte>)each.Group, (IReadOnlyCollection<LastSeenMember>)[.. each.Members.Select(
                member => new LastSeenMember(System.Text.Encoding.ASCII.GetBytes(member.Member), member.Hour * Hour))])),
            position, default);

    private static async Task<IEnumerable<string>> Read(ILastSeenIndex index, byte[] group, long hour, string from, int max) =>
        (await index.Read(group, hour * Hour, System.Text.Encoding.ASCII.GetBytes(from), max, default))
            .Select(member => System.Text.Encoding.ASCII.GetString(member.Bytes.Span) + member.Hour / Hour);
}
