using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Watching;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

/// <summary>However slow some of a caller's watches are, the homes are asked once for all, and every watch is told everything.</summary>
public sealed class WatchChainTests
{
    private readonly WatchChain _chain = new();
    private readonly List<string> _asked = [];

    [Fact]
    public async Task Move_OfSeveralAtOnePlace_AsksOnce()
    {
        var answer = new TaskCompletionSource<WatchMove>();
        var moves = Enumerable.Range(0, 3).Select(_ => _chain.Move(At(0), () => Asked(answer.Task, "step"), NoCatchUp)).ToArray();
        answer.SetResult(Moved(1, "a"));
        foreach (var move in await Task.WhenAll(moves)) Told(move).ShouldBe("a to 1");
        _asked.ShouldBe(["step"]);
    }

    [Fact]
    public async Task Move_FromBehindKeptMoves_IsTheseTogetherAndAsksNothing()
    {
        await Step(0, 1, "a", "b");
        await Step(1, 2, "b", "c");
        await Step(2, 3);
        _asked.Clear();
        Told(await _chain.Move(At(1), NoStep, NoCatchUp)).ShouldBe("b c to 3");
        Told(await _chain.Move(At(0), NoStep, NoCatchUp)).ShouldBe("a b c to 3");
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Move_FromBehindAllKeptMoves_CatchesUpWithTheFurthest_AndIsWithItThen()
    {
        for (var place = 10; place < 10 + WatchChain.MovesMax + 1; place++) await Step(place, place + 1, "a");
        var head = At(10 + WatchChain.MovesMax + 1);
        WatchPlace? furthest = null;
        var move = await _chain.Move(At(10), NoStep, place =>
        {
            furthest = place;
            return Task.FromResult(new WatchMove(Changes("z"), place, IsTooMuch: false));
        });
        furthest.ShouldBe(head);
        Told(await _chain.Move(move.Next, () => Task.FromResult(Moved(head.HubPosition + 1, "a")), NoCatchUp))
            .ShouldBe($"a to {head.HubPosition + 1}");
    }

    [Fact]
    public async Task Move_FromBeyondTheFurthest_IsTheFurthestThen()
    {
        await Step(0, 1, "a");
        await Step(5, 6, "b");
        WatchPlace? furthest = null;
        await _chain.Move(At(1), NoStep, place =>
        {
            furthest = place;
            return Task.FromResult(Moved(6, "b"));
        });
        furthest.ShouldBe(At(6));
    }

    [Fact]
    public async Task Move_ThatFails_FailsThoseWhoAsked_AndIsAskedAnew()
    {
        await Should.ThrowAsync<InvalidOperationException>(
            () => _chain.Move(At(0), () => Task.FromException<WatchMove>(new InvalidOperationException()), NoCatchUp));
        Told(await Step(0, 1, "a")).ShouldBe("a to 1");
    }

    [Fact]
    public async Task Move_ThatCannotBeToldYet_IsAskedAnew()
    {
        await Step(0, 0);
        Told(await Step(0, 1, "a")).ShouldBe("a to 1");
    }

    [Fact]
    public async Task Move_OverOneOfWhichItWasTooMuch_IsToListAgain()
    {
        await Step(0, 1, "a");
        await _chain.Move(At(1), () => Task.FromResult(new WatchMove(WatchStep.Nothing, At(2), IsTooMuch: true)), NoCatchUp);
        await Step(2, 3, "b");
        var move = await _chain.Move(At(0), NoStep, NoCatchUp);
        (move.IsTooMuch, move.Next).ShouldBe((true, At(3)));
        Told(await _chain.Move(At(2), NoStep, NoCatchUp)).ShouldBe("b to 3");
    }

    [Fact]
    public async Task Moves_ThatAreKept_AreBounded()
    {
        var many = Enumerable.Range(0, WatchChain.ChangesMax).Select(i => $"n{i}").ToArray();
        await Step(0, 1, "a");
        await Step(1, 2, many);
        var isBehind = false;
        await _chain.Move(At(0), NoStep, _ =>
        {
            isBehind = true;
            return Task.FromResult(Moved(2));
        });
        isBehind.ShouldBeTrue();
        (await _chain.Move(At(1), NoStep, NoCatchUp)).Changed.Count.ShouldBe(WatchChain.ChangesMax);
    }

    private static WatchPlace At(long position) => new(position, position, position, 1);

    private static WatchMove Moved(long to, params string[] changed) => new(Changes(changed), At(to), IsTooMuch: false);

    private static Dictionary<Observable, Changed> Changes(params string[] changed) => changed
        .Select(text => new Observable(ObservableType.DomainName, text)).ToDictionary(one => one, one => new Changed(1, one));

    private static string Told(WatchMove move) =>
        $"{string.Join(' ', move.Changed.Keys.Select(one => one.Text).Order(StringComparer.Ordinal))} to {move.Next.HubPosition}";

    private Task<WatchMove> Step(long from, long to, params string[] changed) =>
        _chain.Move(At(from), () => Asked(Task.FromResult(Moved(to, changed)), $"{from}"), NoCatchUp);

    private Task<WatchMove> Asked(Task<WatchMove> answer, string what)
    {
        _asked.Add(what);
        return answer;
    }

    private Task<WatchMove> NoStep() => throw new InvalidOperationException("It asks for a step.");

    private Task<WatchMove> NoCatchUp(WatchPlace place) => throw new InvalidOperationException("It asks to catch up.");
}
