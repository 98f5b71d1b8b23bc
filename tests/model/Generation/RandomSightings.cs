using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>
/// Random sightings of a world: every label, every kind of recipient, mixed observables, ties in time.
/// </summary>
/// <param name="observables">The values that it names.</param>
/// <param name="hours">In how many hours things are seen.</param>
public sealed class RandomSightings(
    Dice dice, IReadOnlyList<PolicyVersion> versions, DateTimeOffset now, IReadOnlyList<Observable> observables,
    int hours)
{
    // AMBER has the most to decide.
    private static readonly IReadOnlyList<Tlp> Labels =
        [Tlp.Clear, Tlp.Green, Tlp.Green, Tlp.Amber, Tlp.Amber, Tlp.Amber, Tlp.AmberStrict, Tlp.AmberStrict, Tlp.Red];

    public Sighting Next()
    {
        var version = dice.Pick(versions);
        var last = SomeInstant();
        return new()
        {
            Id = dice.Guid(),
            Owner = dice.Pick(version.Organisations).Id,
            Observables = [.. dice.Some(observables, dice.Pick([1, 1, 2, 2, 3, 4])).Order()],
            Asset = dice.Chance(0.4) ? SomeAsset() : null,
            FirstSeen = dice.Chance(0.5) ? last : last.AddMinutes(-dice.Between(1, 200)),
            LastSeen = last,
            Count = dice.Chance(0.02) ? uint.MaxValue : (uint)dice.Between(1, 3),
            Kind = dice.Chance(0.6) ? Kind.Positive : dice.Pick(Enum.GetValues<Kind>()),
            Confidence = dice.Between(0, 100),
            Marking = SomeMarking(),
            Techniques = [.. dice.Some(Palette.Techniques, dice.Pick([0, 0, 1, 2])).Order(StringComparer.Ordinal)],
            Description = dice.Chance(0.5) ? "seen " + dice.Guid() : "",
            SourceRef = dice.Chance(0.5) ? "ref-" + dice.Guid() : "",
            AcceptedAt = AcceptedUnder(version),
            PolicyVersion = version.Number,
            Withdrawn = dice.Chance(0.04),
        };
    }

    public Marking SomeMarking()
    {
        var tlp = dice.Pick(Labels);
        return new(
            tlp,
            dice.Chance(0.7) ? Pap.Amber : dice.Pick(Enum.GetValues<Pap>()),
            dice.Chance(0.7) ? Marking.DefaultAttribution(tlp) : dice.Pick(Enum.GetValues<Attribution>()),
            tlp == Tlp.Green && dice.Chance(0.4) ? ["community:" + dice.Pick(Palette.Communities)] : SomeRecipients(),
            dice.Chance(0.1) ? Palette.Near(dice, now) : null,
            dice.Chance(0.1) ? Palette.Near(dice, now) : null);
    }

    public IReadOnlyList<string> SomeRecipients() => Marking.Sorted(
        Enumerable.Range(0, dice.Pick([0, 0, 0, 1, 2, 3])).Select(_ => dice.Between(0, 4) switch
        {
            0 => "organisation:" + SomeOrganisation(),
            1 => "community:" + dice.Pick(Palette.Communities),
            _ => $"person:{dice.Pick(Palette.Persons)}@{SomeOrganisation()}",
        }));

    public Asset SomeAsset() => new(
        $"srv-{dice.Between(1, 3)}", dice.Pick(["energy", "health", " Energy"]), dice.Pick(["", "billing"]),
        dice.Pick(["low", "high"]),
        dice.Chance(0.5) ? [] : ["cpe:2.3:a:b:c", "cpe:2.3:a:b:d"], dice.Pick(["", "acme"]));

    private string SomeOrganisation() => dice.Pick(dice.Pick(versions).Organisations).Id;

    private DateTimeOffset SomeInstant() =>
        Palette.Noon.AddHours(-dice.Between(1, hours)).AddMinutes(dice.Pick([0, 0, 15, 45, 59]))
            .AddMilliseconds(dice.Pick([0, 1]));

    private DateTimeOffset AcceptedUnder(PolicyVersion version)
    {
        var from = version.Number == 1 ? Palette.Noon.AddDays(-3) : version.InForceFrom;
        var until = version.Number < versions.Count ? versions[version.Number].InForceFrom : now.AddMinutes(30);
        var within = (long)((until - from).TotalMilliseconds - 1);
        return dice.Between(0, 2) switch
        {
            0 => from,
            1 => from.AddMilliseconds(Math.Max(0, within)),
            _ => from.AddMilliseconds(Math.Max(0, within) / 2),
        };
    }
}
