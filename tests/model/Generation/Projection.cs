using System.Text;
using CrossBorderSoc.Tests.Model.Disclosure;
using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;
using CrossBorderSoc.Tests.Model.Views;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>
/// DESIGN 1: "each sighting … only in the form disclosed to p, with the instants at which it became and ceased to be
/// disclosed; the policy that p is party to". Two worlds with equal texts must look alike to p at each of the instants.
/// </summary>
public static class Projection
{
    /// <summary>The projection as text. Instants are those of both worlds that are compared, sorted.</summary>
    public static string Of(World world, Caller caller, IReadOnlyList<DateTimeOffset> instants) =>
        PolicyOf(world, caller, instants) + string.Concat(
            world.Sightings.Select(sighting => Of(world, sighting, caller, instants))
                .Where(seen => seen.Length > 0).Order(StringComparer.Ordinal));

    /// <summary>
    /// One sighting over time: each form with the instant at which it came, or nothing if there never was one.
    /// </summary>
    public static string Of(World world, Sighting sighting, Caller caller, IReadOnlyList<DateTimeOffset> instants)
    {
        var text = new StringBuilder();
        Form? before = null;
        foreach (var at in instants)
        {
            var now = Form.Of(world, sighting, caller, at);
            var sameParts = (now?.Observables ?? []).SequenceEqual(before?.Observables ?? []);
            if (now?.Level == before?.Level && sameParts) continue;
            text.Append(Text.Instant(at)).Append(' ').AppendLine(now is null ? "gone" : Evidence.ToText(now));
            before = now;
        }

        return text.ToString();
    }

    /// <summary>Whether the other world differs in what this one says of some sighting, hidden or not.</summary>
    public static bool SightingsDiffer(World one, World other) =>
        !Everything(one).SequenceEqual(Everything(other));

    private static IEnumerable<string> Everything(World world) =>
        world.Sightings.Select(sighting => Everything(world, sighting)).Order(StringComparer.Ordinal);

    private static string Everything(World world, Sighting it) => string.Join(
        '\n', it.AcceptedAt, it.Withdrawn, it.Marking.EmbargoUntil, world.JurisdictionOf(it), it.Owner, it.Description,
        it.Id, it.SourceRef, it.Kind, it.Count, it.FirstSeen, it.LastSeen, it.Confidence, it.Marking.Tlp,
        it.Marking.Pap, it.Marking.Attribution, it.Marking.ExpiresAt, string.Join(',', it.Marking.Recipients),
        string.Join(',', it.Techniques), string.Join(',', it.Observables),
        it.Said, it.Asset is null ? "" : it.Asset.Id + Text.Of(it.Asset));

    private static string PolicyOf(World world, Caller caller, IReadOnlyList<DateTimeOffset> instants)
    {
        // The first version was in force before anything else was: an instant of another world may lie there too.
        var (text, before) = (new StringBuilder(), "");
        foreach (var at in instants.Prepend(world.Versions[0].InForceFrom))
        {
            var now = PartOf(world.VersionAt(at), caller);
            if (now != before) text.Append(Text.Instant(at)).AppendLine(now);
            before = now;
        }

        return text.ToString();
    }

    private static string PartOf(PolicyVersion version, Caller caller)
    {
        if (version.Find(caller.Organisation) is not { } own) return "no party";
        return string.Join('\n', version.Agreements
            .Where(each => Agreement.IsOneOf(each.Provider, own) || Agreement.IsOneOf(each.Consumer, own))
            .Select(each => $"{each} {string.Join(',', each.Types)} {string.Join(',', each.Kinds)}")
            .Order(StringComparer.Ordinal)
            .Prepend($"{own} {string.Join(',', own.Communities)} {string.Join(',', own.Clients)}"));
    }
}
