using System.Diagnostics;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// Silos of a jurisdiction leave, die, fall silent and come back under load, and at last everything dies and comes back: nothing that was
/// acknowledged is lost, nothing is there twice, and producers get nothing but errors after which they send again. Times are told, not judged;
/// rounds: <c>SOCGRID_ELASTIC_ROUNDS</c> (1 by default).
/// </summary>
public sealed class ElasticTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Second = "be2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly StatusCode[] Retryable = [StatusCode.Unavailable, StatusCode.Aborted, StatusCode.Cancelled];
    private static readonly Dictionary<string, string> Homes = new()
    {
        [ManyNodes.Hub] = "hub,EU",
        [ManyNodes.De] = "DE",
        [ManyNodes.Be] = "BE",
        [Second] = "BE",
        [ManyNodes.Gateway] = "none",
    };

    private readonly List<RedisProcess> _redis = [];
    private readonly List<Producer> _producers = [];
    private ManyNodes _grid = null!;

    public async ValueTask InitializeAsync()
    {
        if (!RedisProcess.IsInstalled) Assert.Skip("redis-server is not installed");
        for (var i = 0; i < 3; i++) _redis.Add(await RedisProcess.Start());
        _grid = await ManyNodes.Start(Homes, (node, _) =>
        [
            .. ManyNodes.InRedis(_redis[0].Endpoint + ",defaultDatabase=1"),
            .. node == ManyNodes.Gateway ? [] : new[] { ("Stores__*__Redis", StoreOf(node)) },
        ]);
        foreach (var owner in (string[])["nsoc.be", "csirt.be", "nsoc.de"])
            _producers.Add(new(_grid[ManyNodes.Gateway].Grpc, _grid.TokenOf(owner), owner));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var producer in _producers) await producer.DisposeAsync();
        if (_grid is not null) await _grid.DisposeAsync();
        foreach (var redis in _redis) redis.Dispose();
    }

    [Fact]
    public async Task Silos_LeaveDieAndFallSilentUnderLoad_LosesNothingAndDoublesNothing()
    {
        foreach (var producer in _producers) producer.Begin();
        await Eventually.Holds(async () => _producers.All(each => each.Acknowledged > 100) && await AllAreServed(), "load is on", Patience);
        for (var round = Rounds; round > 0; round--)
        {
            await Measure("a silo that leaves (SIGTERM)", async () => (await _grid[Second].Leave()).ShouldBe(0));
            await Measure("a silo that joins", () => _grid.Restart(Second));
            // What is at work stays where it is until it rests: each of these has all of Belgium's work, the one beside it joined later.
            await Measure("a silo that dies (SIGKILL)", () => _grid[ManyNodes.Be].Kill(), isNoticed: true);
            await Measure("a silo that joins", () => _grid.Restart(ManyNodes.Be));
            await Measure("a silent silo (SIGSTOP)", () => _grid[Second].Silence(), isNoticed: true);
            await _grid[Second].Wake();
            await Measure("a silo that was silent, ended itself and is started again", () => _grid.Supervise(Second));
            await Measure("everything (SIGKILL), with the start", _grid.RestartAll);
        }
        foreach (var producer in _producers) await producer.EndAndCount();
        output.WriteLine($"acknowledged {_producers.Sum(each => each.Acknowledged)}, lost 0, doubled 0");
    }

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("SOCGRID_ELASTIC_ROUNDS") ?? "1");

    // The hub and the states each have their own, and the list of nodes lies beside the hub's.
    private string StoreOf(string node) => _redis[node switch { ManyNodes.Hub => 0, ManyNodes.De => 1, _ => 2 }].Endpoint;

    private async Task<bool> AllAreServed() => (await Task.WhenAll(_producers.Select(each => each.IsServed()))).All(isServed => isServed);

    private async Task Measure(string what, Func<Task> happens, bool isNoticed = false)
    {
        foreach (var producer in _producers)
        {
            producer.Failures.Clear();
            producer.LongestWait = default;
        }
        var began = Stopwatch.GetTimestamp();
        await happens();
        var happened = Stopwatch.GetElapsedTime(began);
        await Eventually.Holds(AllAreServed, $"all are served after {what}", Patience);
        var served = Stopwatch.GetElapsedTime(began);
        var waited = string.Join(", ", _producers.Select(each => $"{each.LongestWait.TotalSeconds:0.0}"));
        var failed = string.Join(", ", _producers.Select(each => each.Failures.Values.Sum()));
        output.WriteLine(
            $"{what}: done after {happened.TotalSeconds:0.0} s, all served after {served.TotalSeconds:0.0} s; longest between two "
            + $"acknowledgements (two of Belgium, one of Germany) {waited} s; streams that failed {failed}");
        if (isNoticed) _producers.Sum(each => each.Failures.Values.Sum()).ShouldBeGreaterThan(0, $"{what}: it had work");
        _producers.SelectMany(each => each.Failures.Keys).ShouldBeSubsetOf(Retryable, what);
    }
}
