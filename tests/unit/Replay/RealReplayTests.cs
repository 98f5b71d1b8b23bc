using System.Globalization;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Incidents;
using CrossBorderSoc.Tests.Unit.Disclosure;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MI = CrossBorderSoc.Tests.Model.Incidents;
using MS = CrossBorderSoc.Tests.Model.Sightings;
using MV = CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Unit.Replay;

/// <summary>
/// The real stream day by day, under a clock that the test sets: after each of the last days each organisation asks for the incident
/// around every value that anybody saw within the window, and hears the model's, members and identifiers included. Some days every
/// run; <c>REPLAY_DAYS=60</c> for all.
/// </summary>
public sealed class RealReplayTests(ITestOutputHelper output)
{
    private const int LastDays = 60;

    private static readonly byte[] HubKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly ActorKeyring _keys = new(new Dictionary<Home, byte[]> { [Home.Hub] = HubKey });
    private readonly WarninglistSet _warninglists = WarninglistsInForce.Shipped().Current;
    private readonly HashSet<string> _pictures = [];
    private long _questions;
    private long _incidents;
    private long _linked;

    [Fact]
    public void Incidents_AfterEachDayOfTheRealStream_AreTheModelsForEveryOrganisation()
    {
        var stream = ReplayedStream.Load();
        var callers = stream.Whole.Versions[0].Organisations.Select(each => new M.Caller(each.Id)).ToList();
        callers.Count.ShouldBe(139);
        var asked = DaysAsked(stream);
        var grid = new ComposedGrid(stream.Whole.Until(DateTimeOffset.UnixEpoch), later: stream.Whole);
        foreach (var midnight in stream.Midnights)
        {
            grid.GoOn(stream.Whole.Until(midnight));
            if (asked.Contains(midnight)) Compare(stream, grid, callers, midnight);
        }
        CompareShortcut(stream, callers[0], asked[^1]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{callers.Count} organisations, {asked.Count} days, {_questions} questions, {_incidents} incidents ({_linked} with more " +
            $"than one core node), {_pictures.Count} different pictures"));
        _incidents.ShouldBeGreaterThan(400 * asked.Count);
        _linked.ShouldBeGreaterThan(200 * asked.Count);
        _pictures.Count.ShouldBeGreaterThan(asked.Count);
    }

    // The last of them is always among them.
    private static IReadOnlyList<DateTimeOffset> DaysAsked(ReplayedStream stream)
    {
        var days = int.TryParse(Environment.GetEnvironmentVariable("REPLAY_DAYS"), CultureInfo.InvariantCulture, out var wanted)
            ? Math.Clamp(wanted, 1, LastDays) : 6;
        return [.. stream.Midnights.Reverse().Take(LastDays).Where((_, i) => i % (LastDays / days) == 0).Take(days).Reverse()];
    }

    private void Compare(ReplayedStream stream, ComposedGrid grid, IReadOnlyList<M.Caller> callers, DateTimeOffset at)
    {
        var world = stream.Around(at);
        var values = world.Sightings.Where(each => each.LastSeen >= at - MI.Picture.Window)
            .SelectMany(each => each.Observables).Distinct().Order().Select(each => (Model: each, Product: each.ToProduct())).ToList();
        // The model on all cores, the product as its answers come.
        foreach (var (caller, expected) in callers.AsParallel().AsOrdered().Select(each => (each, Expected(stream, world, each))))
        {
            var clearance = new Clearance(new(caller.Organisation), grid.History);
            foreach (var (model, product) in values)
            {
                var incident = grid.Incident(product, clearance, at.ToUnixTimeMilliseconds(), value => _warninglists.Holds(value));
                Sample.Same(
                    incident is null ? MV.Text.NotFound : IncidentId.OfKey(_keys.IncidentKeyOf(Digest.Of(incident.Name))) + "\n"
                        + IncidentModelTests.ToText(incident) + (incident.IsTruncated ? "truncated" : ""),
                    expected.GetValueOrDefault(model, MV.Text.NotFound),
                    $"{model} for {caller} at {MV.Text.Instant(at)}");
            }
            _questions += values.Count;
            _pictures.Add(string.Concat(expected.Values.Distinct().Order(StringComparer.Ordinal)));
        }
    }

    // By core node its incident, as text.
    private Dictionary<MS.Observable, string> Expected(ReplayedStream stream, M.World world, M.Caller caller)
    {
        var incidents = new MI.Picture(Forms(world, caller), world.Now, stream.IsListed).All();
        Interlocked.Add(ref _incidents, incidents.Count);
        Interlocked.Add(ref _linked, incidents.Count(each => each.Core.Count > 1));
        return incidents.Select(each => (Incident: each, Text: MI.Identifier.Of(HubKey, each.Name) + "\n" + each.ToText()))
            .SelectMany(each => each.Incident.Core.Select(core => (core.Node, each.Text))).ToDictionary(each => each.Node, each => each.Text);
    }

    // Leaving out what does not bear on incidents changes none.
    private void CompareShortcut(ReplayedStream stream, M.Caller caller, DateTimeOffset at) =>
        Expected(stream, stream.Around(at), caller).ShouldBe(Expected(stream, stream.Whole.Until(at), caller), ignoreOrder: true);

    private static IEnumerable<MD.Form> Forms(M.World world, M.Caller caller) =>
        world.Sightings.Select(each => MD.Form.Of(world, each, caller, world.Now)).OfType<MD.Form>();
}
