using System.Text.Json;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// Between any two instants a partner is told of exactly those values of which the partner's forms changed: by acceptance, embargo,
/// expiry, agreement and membership. Of what assets join nothing is told by itself: it comes with what was seen on them.
/// </summary>
public class ChangeModelTests(ITestOutputHelper output)
{
    private long _pairs;
    private long _told;
    private long _byTimeAlone;

    [Fact]
    public void Changes_OfRandomWorlds_AreTheModels()
    {
        Sample.Each(output, nameof(Changes_OfRandomWorlds_AreTheModels), 20261128, 2_000, 4_000, seed =>
        {
            var dice = Dice.Beside(seed);
            var world = Worlds.Random(seed);
            foreach (var _ in Enumerable.Range(0, 3))
            {
                var (one, two) = (Worlds.SomeInstant(dice, world), Worlds.SomeInstant(dice, world));
                Compare(world.Until(one < two ? one : two), world.Until(one < two ? two : one), Worlds.SomeCaller(dice, world));
            }
        });
        output.WriteLine($"{_pairs} pairs of instants, {_told} changes, {_byTimeAlone} pairs that differ by time or policy alone");
        if (!Sample.IsWhole) return;
        _told.ShouldBeGreaterThan(_pairs);
        _byTimeAlone.ShouldBeGreaterThan(_pairs / 100);
    }

    [Fact]
    public void Leaving_ACommunity_IsAChangeOfWhatItsMembersSaw()
    {
        var marking = new MS.Marking(MS.Tlp.Green, MS.Pap.Clear, MS.Attribution.Named, ["community:circle"], null, null);
        var value = new MS.Observable("domain-name", "circle.example");
        var sighting = IncidentModelTests.Template with { Observables = [value], Marking = marking, AcceptedAt = Palette.Noon };
        var world = new M.World([Version(1, ["circle"]), Version(2, [])], [sighting], Palette.Noon.AddHours(2));
        var (before, after) = (world.Until(Palette.Noon.AddMinutes(30)), world.Until(world.Now));
        ComposedChanges.Between(before, after, new("csirt.fr"))!.Select(change => change.Observable).ShouldBe([value.ToProduct()]);
        ComposedChanges.Between(before, after, new("soc.de"))!.ShouldBeEmpty();

        M.Policy.PolicyVersion Version(int number, string[] communities) => new(
            number, Palette.Noon.AddHours(number == 1 ? -1 : 1),
            [.. Palette.Organisations.Select(o => new M.Policy.Organisation(
                o.Id, o.Jurisdiction, o.Kind, o.Id is "csirt.fr" ? communities : o.Id is "soc.be" ? ["circle"] : [], []))],
            []);
    }

    private void Compare(M.World before, M.World after, M.Caller caller)
    {
        if (ComposedChanges.Between(before, after, caller) is not { } told) return;
        var expected = after.Observables.Where(one => Forms(before, one, caller) != Forms(after, one, caller)).ToList();
        told.Select(change => change.Observable.ToModel()).Distinct().Order().ToList().ShouldBe(
            expected, $"{caller} from {M.Views.Text.Instant(before.Now)} to {M.Views.Text.Instant(after.Now)}");
        Interlocked.Increment(ref _pairs);
        Interlocked.Add(ref _told, expected.Count);
        if (expected.Count > 0 && before.Sightings.Count == after.Sightings.Count) Interlocked.Increment(ref _byTimeAlone);
    }

    private static string Forms(M.World world, MS.Observable one, M.Caller caller) => string.Join('\n',
        MD.Form.AllOf(world, one, caller, world.Now).Where(form => form.Observables.Contains(one))
            .Select(form => JsonSerializer.Serialize(form)).Order(StringComparer.Ordinal));
}
