using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using Orleans.Runtime;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Questions about what does not exist leave nothing behind.</summary>
public sealed class AbsentValuesTests : IAsyncLifetime
{
    private TestGrid _grid = null!;

    public async ValueTask InitializeAsync() =>
        _grid = await TestGrid.Start(Consortium.All, Consortium.Agreements, new SiloPlan("one", "hub", "EU", "BE", "DE", "FR"));

    public ValueTask DisposeAsync() => _grid.DisposeAsync();

    [Fact]
    public async Task Actors_OfAbsentValues_LeaveSoonAndThoseOfOthersStay()
    {
        var there = Value(0);
        await _grid.Push("one", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, there));
        await _grid.ReleasesCaughtUp();
        await _grid.View("one", Consortium.Be, there);
        var inquiry = Inquiry("BE", 1);
        for (var i = 1; i <= 100; i++)
        {
            await _grid.View("one", Consortium.Be, Value(i));
            await inquiry.Asset(_grid.Ask("one", Consortium.Be.Id), new(Consortium.Be.Id, $"asset-{i}"));
            await Inquiry("hub", i).FindIncident(_grid.Ask("one", Consortium.Be.Id), IncidentIdOf(i));
        }
        await Gone();
        (await Active()).ShouldBe(2);
    }

    [Fact]
    public async Task Questions_ManyAtOnceAboutOneAbsentValue_AreAllAnswered()
    {
        var question = _grid.Ask("one", Consortium.Be.Id);
        for (var round = 0; round < 60; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(lane =>
                Inquiry("BE", lane).Indicator(question, Value(1)).AsTask()));
            answers.ShouldAllBe(answer => answer.View.IsEmpty);
            if (round % 20 == 10) await Gone();
        }
    }

    [Fact]
    public async Task Actor_ValueComesWhileItIsAboutToLeave_Answers()
    {
        await _grid.View("one", Consortium.Be, Value(1));
        await _grid.Push("one", Consortium.Be.Id, "BE", new TestSighting(1, Tlp.Green, Value(1)));
        (await _grid.View("one", Consortium.Be, Value(1))).IsEmpty.ShouldBeFalse();
    }

    private static Observable Value(int number) => new(ObservableType.Ipv4Addr, $"198.51.100.{number}");

    // Letters of base32, each number another one.
    private static string IncidentIdOf(int number) =>
        "INC-" + new string('A', 30) + (char)('A' + number / 20) + (char)('A' + number % 20);

    private IInquiry Inquiry(string home, int lane) =>
        _grid.Actors("one").GetGrain<IInquiry>(ActorKeys.Lane(new(home), lane));

    private async Task<int> Active()
    {
        var statistics = await _grid.Actors("one").GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return statistics.Count(s => s.GrainId.Key.ToString()!.Length > 30);
    }

    private async Task Gone()
    {
        await Eventually.Holds(
            () => Active().GetAwaiter().GetResult() <= 2, "idle actors of absent values left", TimeSpan.FromSeconds(20));
    }
}
