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
    public async Task Members_NewestHourFirst_ThenByBytes_AtAnotherHourWhereTheOneBeforeGoes(bool isOnDisk)
    {
        var index = IndexOf(isOnDisk);
        await Add(index, 1, (Group, [("b", 5), ("a", 5), ("c", 9)]), (Beside, [("a", 7)]));
        await Add(index, 2, (Group, [("aa", 5), ("c", 3)]));
        await index.Add([(Group, [new("a"u8.ToArray(), 8 * Hour, Since: 1, Before: 5 * Hour)])], 3, default);
        (await index.ReadPosition(default)).ShouldBe(3);
        (await Read(index, Group, 100, "", 10)).ShouldBe(["c9", "a8", "aa5", "b5", "c3"]);
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
        (await Read(index, Group, 5, "b\x1", 1)).ShouldBe(["c5"]);
        (await Read(index, Group, 4, "", 10)).ShouldBe(["d4"]);
        (await Read(index, Group, 3, "", 10)).ShouldBeEmpty();
        (await Read(index, [9], 9, "", 10)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Turns_BetweenTwoInstants_InOrder_PageByPage(bool isOnDisk)
    {
        var index = IndexOf(isOnDisk);
        await index.Add(
            [
                (Group, [new("a"u8.ToArray(), Hour, Since: 1, Turns: [3 * Hour, 9 * Hour]), new("b"u8.ToArray(), Hour, Since: 1, Turns: [3 * Hour])]),
                (Beside, [new("a"u8.ToArray(), Hour, Since: 1, Turns: [3 * Hour, 4 * Hour, 5 * Hour])]),
            ],
            1, default);
        (await index.ReadTurns(null, 3 * Hour, 5 * Hour, 10, default)).Select(turn => turn.At / Hour).ShouldBe([4, 5]);
        (await index.ReadTurns(null, 9 * Hour, long.MaxValue, 10, default)).ShouldBeEmpty();
        var (read, last) = (new List<string>(), default(LastSeenTurn?));
        while (await index.ReadTurns(last, 2 * Hour, 9 * Hour, 2, default) is { Count: > 0 } some)
        {
            read.AddRange(some.Select(turn =>
                $"{turn.At / Hour}{turn.Group.Length}{System.Text.Encoding.ASCII.GetString(turn.Member.Span)}"));
            last = some[^1];
        }
        read.Order(StringComparer.Ordinal).ShouldBe(["32a", "33a", "33b", "42a", "52a", "93a"]);
        read.Select(each => each[0]).ShouldBeInOrder();
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Together_StandsAtEachOfItsHours_ApartFromMembers(bool isOnDisk)
    {
        var index = IndexOf(isOnDisk);
        await Add(index, 1, (Group, [("a", 5), ("b", 4)]), (Beside, [("a", 6)]));
        await index.Add([(Group, [Together("b", 5), Together("a", 5), Together("a", 3)]), (Beside, [Together("c", 5)])], 2, default);
        await index.Add([(Group, [Together("a", 5)])], 3, default);
        (await Read(index, Group, 100, "", 10)).ShouldBe(["a5", "b4"]);
        (await ReadTogether(index, Group, 5, 10)).ShouldBe(["a5", "b5", "a3"]);
        (await ReadTogether(index, Group, 4, 10)).ShouldBe(["a3"]);
        (await ReadTogether(index, Group, 5, 1)).ShouldBe(["a5"]);
        (await ReadTogether(index, Beside, 100, 10)).ShouldBe(["c5"]);
    }

    [Fact]
    public async Task Together_OfLongAgo_GoesWithTheHours()
    {
        var (index, kept) = (IndexOf(isOnDisk: true), ILastSeenIndex.TogetherKeptMilliseconds / Hour);
        await index.Add([(Group, [Together("a", 5), Together("a", 6), Together("a", 7)]), (Beside, [Together("a", 5)])], 1, default);
        await Add(index, 2, (Group, [("b", 6 + kept)]));
        (await ReadTogether(index, Group, 100, 10)).ShouldBe(["a7"]);
        (await ReadTogether(index, Beside, 100, 10)).ShouldBe(["a5"]);
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

    private static LastSeenMember Together(string member, long hour) =>
        new(System.Text.Encoding.ASCII.GetBytes(member), hour * Hour, Since: 0, IsTogether: true);

    private static async Task<IEnumerable<string>> ReadTogether(ILastSeenIndex index, byte[] group, long hour, int max) =>
        (await index.ReadTogether(group, hour * Hour, default, max, default))
            .Select(member => System.Text.Encoding.ASCII.GetString(member.Bytes.Span) + member.Hour / Hour);

    private ILastSeenIndex IndexOf(bool isOnDisk) => isOnDisk ? _store[new("BE")].LastSeen : new MemoryLastSeen();

    private static async Task Add(
        ILastSeenIndex index, long position, params (byte[] Group, (string Member, long Hour)[] Members)[] seen) =>
        await index.Add(
            seen.Select(each => ((ReadOnlyMemory<byte>)each.Group, (IReadOnlyCollection<LastSeenMember>)[.. each.Members.Select(
                member => new LastSeenMember(System.Text.Encoding.ASCII.GetBytes(member.Member), member.Hour * Hour, position))])),
            position, default);

    private static async Task<IEnumerable<string>> Read(ILastSeenIndex index, byte[] group, long hour, string from, int max) =>
        (await index.Read(group, hour * Hour, System.Text.Encoding.ASCII.GetBytes(from), max, default))
            .Select(member => System.Text.Encoding.ASCII.GetString(member.Bytes.Span) + member.Hour / Hour);
}
