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

    private static readonly IReadOnlyList<Kind> Kinds = [Kind.Positive, Kind.FalsePositive, Kind.Expiration];

    /// <summary>A sighting or, now and then, a contribution.</summary>
    public Sighting Next() => dice.Chance(0.12) ? AsContribution(NextSighting()) : NextSighting();

    /// <summary>A contribution in place of a sighting: of one instant, with nothing that only sightings say.</summary>
    public Sighting AsContribution(Sighting one) => one with
    {
        Kind = Kind.Contribution,
        Said = one.Said ?? new(dice.Pick(Enum.GetValues<Deed>()), dice.Between(0, 2), dice.Pick(["", "BE", "DE"]),
            dice.Pick(["", "energy", "Health "]), dice.Pick(["", "billing"])),
        FirstSeen = one.LastSeen,
        Count = 1,
        Confidence = 0,
        Asset = null,
        Techniques = [],
        SourceRef = "",
    };

    /// <summary>What of a kind is to be chosen for a sighting.</summary>
    public Kind SomeKind() => dice.Pick(Kinds);

    private Sighting NextSighting()
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
            Kind = dice.Chance(0.6) ? Kind.Positive : SomeKind(),
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
        $"srv-{dice.Between(1, 3)}", dice.Pick(["energy", "health", " Energy", ""]), dice.Pick(["", "billing"]),
        dice.Pick(["low", "high"]),
        dice.Some(Palette.Software, dice.Between(0, 2)), dice.Pick(Palette.Suppliers));

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
