using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>Random policies: a small consortium, and how it widens and narrows from version to version.</summary>
public static class Policies
{
    /// <summary>One to four versions, the last in force at <paramref name="now"/>.</summary>
    public static IReadOnlyList<PolicyVersion> Random(Dice dice, DateTimeOffset now)
    {
        var versions = new List<PolicyVersion> { First(dice, now) };
        var more = dice.Pick([0, 1, 2, 2, 3, 3]);
        var from = dice.Some(Enumerable.Range(0, 12), more).Order().Reverse()
            .Select(hours => now.AddHours(-hours).AddMinutes(hours > 0 && dice.Chance(0.5) ? 7 : 0));
        foreach (var instant in from)
        {
            var next = versions[^1];
            for (var edits = dice.Between(1, 3); edits > 0; edits--) next = Edited(dice, next, now);
            versions.Add(next with { Number = versions.Count + 1, InForceFrom = instant });
        }

        return versions;
    }

    /// <summary>A version with one change.</summary>
    public static PolicyVersion Edited(Dice dice, PolicyVersion version, DateTimeOffset now) =>
        version.Agreements.Count > 0 && dice.Chance(0.4)
            ? WithOtherAgreement(dice, version, now)
            : WithOtherParties(dice, version, now);

    private static PolicyVersion WithOtherAgreement(Dice dice, PolicyVersion version, DateTimeOffset now) =>
        WithAgreement(dice, version, dice.Between(0, 3) switch
        {
            0 or 1 => one => one with { Revoked = !one.Revoked },
            2 => _ => null,
            _ => one => RandomAgreement(dice, version.Organisations, now) with
            {
                Provider = one.Provider,
                Consumer = one.Consumer,
            },
        });

    private static PolicyVersion WithOtherParties(Dice dice, PolicyVersion version, DateTimeOffset now) =>
        dice.Between(0, 5) switch
        {
            0 or 1 => version with
            {
                Agreements = [.. version.Agreements, RandomAgreement(dice, version.Organisations, now)],
            },
            2 => WithOrganisation(dice, version, one => one with
            {
                Communities = Toggled(one.Communities, dice.Pick(Palette.Communities)),
            }),
            3 => WithOrganisation(dice, version, one => one with
            {
                Clients = Toggled(one.Clients, dice.Pick(version.Organisations).Id),
            }),
            4 when version.Organisations.Count > 2 && dice.Chance(0.4) => WithOrganisation(dice, version, _ => null),
            5 when version.Organisations.Count < Palette.Organisations.Count => Joined(dice, version),
            _ => WithOrganisation(dice, version, one =>
                RandomOrganisation(dice, one.Id, one.Jurisdiction, one.Kind, version.Organisations)),
        };

    public static Agreement RandomAgreement(
        Dice dice, IReadOnlyList<Organisation> organisations, DateTimeOffset now) => new(
        $"agreement-{dice.Guid()}",
        Palette.Party(dice, organisations),
        Palette.Party(dice, organisations),
        dice.Chance(0.6) ? Level.Full : Level.Redacted,
        dice.Chance(0.45) ? Tlp.AmberStrict : dice.Pick([Tlp.Clear, Tlp.Green, Tlp.Amber, Tlp.Amber, Tlp.Red]),
        dice.Chance(0.3) ? [] : dice.Some(Palette.Types, dice.Between(1, 5)),
        dice.Chance(0.75) ? [] : dice.Some(Enum.GetValues<Kind>(), dice.Between(1, 2)),
        dice.Chance(0.82) ? now.AddDays(-30) : Palette.Near(dice, now),
        dice.Chance(0.78) ? null : Palette.Near(dice, now),
        dice.Chance(0.06));

    private static PolicyVersion First(Dice dice, DateTimeOffset now)
    {
        var chosen = dice.Some(Palette.Organisations, dice.Between(3, 8));
        var bare = chosen.Select(one => new Organisation(one.Id, one.Jurisdiction, one.Kind, [], [])).ToList();
        var organisations = bare
            .Select(one => RandomOrganisation(dice, one.Id, one.Jurisdiction, one.Kind, bare)).ToList();
        return new(
            1, DateTimeOffset.MinValue, organisations,
            [
                .. Enumerable.Range(0, dice.Pick([0, 3, 4, 5, 6, 6]))
                    .Select(_ => RandomAgreement(dice, organisations, now)),
            ]);
    }

    private static Organisation RandomOrganisation(
        Dice dice, string id, string jurisdiction, string kind, IReadOnlyList<Organisation> all) => new(
        id, jurisdiction, kind,
        [.. Palette.Communities.Where(_ => dice.Chance(0.5))],
        dice.Chance(0.35)
            ? []
            : [.. dice.Some(all.Select(one => one.Id).Where(other => other != id), dice.Between(1, 2))]);

    private static PolicyVersion Joined(Dice dice, PolicyVersion version)
    {
        var (id, jurisdiction, kind) = dice.Pick([.. Palette.Organisations.Where(one => version.Find(one.Id) is null)]);
        return version with
        {
            Organisations =
                [.. version.Organisations, RandomOrganisation(dice, id, jurisdiction, kind, version.Organisations)],
        };
    }

    private static PolicyVersion WithAgreement(Dice dice, PolicyVersion version, Func<Agreement, Agreement?> change)
    {
        var chosen = dice.Pick(version.Agreements);
        return version with
        {
            Agreements = [.. version.Agreements.Select(one => one == chosen ? change(one) : one).OfType<Agreement>()],
        };
    }

    private static PolicyVersion WithOrganisation(
        Dice dice, PolicyVersion version, Func<Organisation, Organisation?> change)
    {
        var chosen = dice.Pick(version.Organisations);
        return version with
        {
            Organisations =
                [.. version.Organisations.Select(one => one == chosen ? change(one) : one).OfType<Organisation>()],
        };
    }

    private static IReadOnlyList<string> Toggled(IReadOnlyList<string> list, string item) =>
        list.Contains(item) ? [.. list.Where(one => one != item)] : [.. list, item];
}
