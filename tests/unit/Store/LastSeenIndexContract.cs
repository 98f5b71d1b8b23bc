using CrossBorderSoc.Grains.LastSeen;
using CrossBorderSoc.Grains.Ledger;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>What every index of what was last seen does.</summary>
public abstract class LastSeenIndexContract
{
    protected const long Hour = 3_600_000;
    protected static readonly byte[] Group = [1, 2, 3];
    protected static readonly byte[] Beside = [1, 2];

    /// <summary>An empty index.</summary>
    protected abstract ILastSeenIndex Index { get; }

    [Fact]
    public async Task Members_NewestHourFirst_ThenByBytes_AtAnotherHourWhereTheOneBeforeGoes()
    {
        var index = Index;
        await Add(index, 1, (Group, [("b", 5), ("a", 5), ("c", 9)]), (Beside, [("a", 7)]));
        await Add(index, 2, (Group, [("aa", 5), ("c", 3)]));
        await index.Add([(Group, [new("a"u8.ToArray(), 8 * Hour, Since: 1, Before: 5 * Hour)])], 3, 1, default);
        (await index.ReadPosition(default)).ShouldBe(3);
        (await Read(index, Group, 100, "", 10)).ShouldBe(["c9", "a8", "aa5", "b5", "c3"]);
        (await Read(index, Beside, 100, "", 10)).ShouldBe(["a7"]);
        (await index.ReadGroups(default)).Select(group => (Convert.ToHexString(group.Group.Span), group.NewestHour / Hour))
            .ShouldBe([("010203", 9), ("0102", 7)], ignoreOrder: true);
    }

    [Fact]
    public async Task Reading_FromAPlace_GoesOnThere()
    {
        var index = Index;
        await Add(index, 1, (Group, [("a", 5), ("b", 5), ("c", 5), ("d", 4)]));
        (await Read(index, Group, 5, "b", 10)).ShouldBe(["b5", "c5", "d4"]);
        (await Read(index, Group, 5, "b\x1", 1)).ShouldBe(["c5"]);
        (await Read(index, Group, 4, "", 10)).ShouldBe(["d4"]);
        (await Read(index, Group, 3, "", 10)).ShouldBeEmpty();
        (await Read(index, [9], 9, "", 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Turns_BetweenTwoInstants_InOrder_PageByPage()
    {
        var index = Index;
        await index.Add(
            [
                (Group, [new("a"u8.ToArray(), Hour, Since: 1, Turns: [3 * Hour, 9 * Hour]), new("b"u8.ToArray(), Hour, Since: 1, Turns: [3 * Hour])]),
                (Beside, [new("a"u8.ToArray(), Hour, Since: 1, Turns: [3 * Hour, 4 * Hour, 5 * Hour])]),
            ],
            1, 1, default);
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

    [Fact]
    public async Task Together_StandsAtEachOfItsHours_ApartFromMembers()
    {
        var index = Index;
        await Add(index, 1, (Group, [("a", 5), ("b", 4)]), (Beside, [("a", 6)]));
        await index.Add([(Group, [Together("b", 5), Together("a", 5), Together("a", 3)]), (Beside, [Together("c", 5)])], 2, 1, default);
        await index.Add([(Group, [Together("a", 5)])], 3, 1, default);
        (await Read(index, Group, 100, "", 10)).ShouldBe(["a5", "b4"]);
        (await ReadTogether(index, Group, 5, 10)).ShouldBe(["a5", "b5", "a3"]);
        (await ReadTogether(index, Group, 4, 10)).ShouldBe(["a3"]);
        (await ReadTogether(index, Group, 5, 1)).ShouldBe(["a5"]);
        (await ReadTogether(index, Beside, 100, 10)).ShouldBe(["c5"]);
    }

    protected static LastSeenMember Together(string member, long hour) =>
        new(System.Text.Encoding.ASCII.GetBytes(member), hour * Hour, Since: 0, IsTogether: true);

    protected static async Task<IEnumerable<string>> ReadTogether(ILastSeenIndex index, byte[] group, long hour, int max) =>
        (await index.ReadTogether(group, hour * Hour, default, max, default))
            .Select(member => System.Text.Encoding.ASCII.GetString(member.Bytes.Span) + member.Hour / Hour);

    protected static async Task Add(
        ILastSeenIndex index, long position, params (byte[] Group, (string Member, long Hour)[] Members)[] seen) =>
        await index.Add(
            seen.Select(each => ((ReadOnlyMemory<byte>)each.Group, (IReadOnlyCollection<LastSeenMember>)[.. each.Members.Select(
                member => new LastSeenMember(System.Text.Encoding.ASCII.GetBytes(member.Member), member.Hour * Hour, position))])),
            position, 1, default);

    protected static async Task<IEnumerable<string>> Read(ILastSeenIndex index, byte[] group, long hour, string from, int max) =>
        (await index.Read(group, hour * Hour, System.Text.Encoding.ASCII.GetBytes(from), max, default))
            .Select(member => System.Text.Encoding.ASCII.GetString(member.Bytes.Span) + member.Hour / Hour);
}

/// <summary>What the index of a store on a disk does besides.</summary>
public abstract class StoredLastSeenContract : LastSeenIndexContract, IAsyncLifetime
{
    private IGridStore _store = null!;

    protected override ILastSeenIndex Index => _store[new("BE")].LastSeen;

    public async ValueTask InitializeAsync() => _store = await Open();

    public virtual async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_store).DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Index_OfOneHome_IsNotThatOfAnother_AndSurvivesARestart()
    {
        await Add(Index, 4, (Group, [("a", 5)]));
        await ((IAsyncDisposable)_store).DisposeAsync();
        await InitializeAsync();
        (await Read(Index, Group, 9, "", 10)).ShouldBe(["a5"]);
        (await Index.ReadPosition(default)).ShouldBe(4);
        (await _store[new("DE")].LastSeen.ReadGroups(default)).ShouldBeEmpty();
        (await _store[new("DE")].LastSeen.ReadPosition(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Together_OfLongAgo_GoesWithTheHours()
    {
        const long kept = ILastSeenIndex.TogetherKeptMilliseconds / Hour;
        await Index.Add([(Group, [Together("a", 5), Together("a", 6), Together("a", 7)]), (Beside, [Together("a", 5)])], 1, 1, default);
        await Add(Index, 2, (Group, [("b", 6 + kept)]));
        (await ReadTogether(Index, Group, 100, 10)).ShouldBe(["a7"]);
        (await ReadTogether(Index, Beside, 100, 10)).ShouldBe(["a5"]);
    }

    /// <summary>Opens the store, carrying at least BE and DE.</summary>
    protected abstract Task<IGridStore> Open();
}

/// <summary>The index in memory.</summary>
public sealed class MemoryLastSeenTests : LastSeenIndexContract
{
    protected override ILastSeenIndex Index { get; } = new MemoryLastSeen { Epoch = () => 1 };
}

/// <summary>The index of the embedded store.</summary>
public sealed class EmbeddedLastSeenTests : StoredLastSeenContract
{
    private readonly TempDirectory _directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _directory.DisposeAsync();
    }

    protected override Task<IGridStore> Open() => Task.FromResult<IGridStore>(Silo.Embedded.EmbeddedStore.Open(new()
    {
        Directory = _directory.Path,
        Homes = [new("BE"), new("DE")],
        Census = new LedgerMarkingCensus(new()),
    }));
}
