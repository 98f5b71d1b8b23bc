using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Tests.Model.Generation;
using Shouldly;
using Xunit;
using M = CrossBorderSoc.Tests.Model;
using MD = CrossBorderSoc.Tests.Model.Disclosure;
using MS = CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// DESIGN 4, Release: the hub holds the redacted form of what the model says that somebody outside the jurisdiction may see at
/// some instant, and nothing else at all.
/// </summary>
public class ReleaseTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<Home> Homes =
        [.. Palette.Organisations.Select(each => new Home(each.Jurisdiction)).Distinct()];

    [Fact]
    public void Hub_HoldsWhatSomebodyOutsideMaySee_RedactedAndNothingElse()
    {
        var (kept, whole, part) = (0, 0, 0);
        Sample.Each(output, nameof(Hub_HoldsWhatSomebodyOutsideMaySee_RedactedAndNothingElse), 20261201, 3_000, 3_000, seed =>
        {
            var world = Worlds.Random(seed);
            world = world.Until(world.Now);
            var taken = new TakenIn(world, Homes, world.Versions.ToProduct(), releasesAtOnce: false);
            var expected = new List<Left>();
            foreach (var sighting in world.Sightings.Where(each => !each.Withdrawn))
            {
                var left = SeenOutside(world, sighting);
                if (left.Count == 0) Interlocked.Increment(ref kept);
                else expected.Add(ToLeave(taken.CompartmentOf(sighting), sighting, left));
                if (left.Count == sighting.Observables.Count) Interlocked.Increment(ref whole);
                else if (left.Count > 0) Interlocked.Increment(ref part);
            }
            Sample.Same(Text(AtHub(taken.Stores[Home.Hub])), Text(expected), $"seed {seed}");
        });
        output.WriteLine($"{kept} sightings stay, {whole} leave whole, {part} in part");
        if (Sample.IsWhole) Math.Min(kept, Math.Min(whole, part)).ShouldBeGreaterThan(800);
    }

    [Fact]
    public void Release_OfAnotherJurisdictionsStatements_IsRefused()
    {
        var world = Worlds.Random(20261202);
        var policies = world.Versions.ToProduct();
        var stores = new TakenIn(world, Homes, policies, releasesAtOnce: false).Stores;
        var released = Homes.Select(home => (Home: home, Release: Release(stores[home], policies[^1])))
            .Where(each => each.Release?.Statements is not null).ToList();
        released.Count.ShouldBeGreaterThan(1);
        foreach (var (home, release) in released)
            foreach (var other in Homes.Where(each => each != home))
                Should.Throw<InvalidDataException>(() => ReleasePreparation.Prepare(other, release!, appliedAt: 0));
    }

    [Fact]
    public void Release_OfMuchMoreAtTheHubThanInTheLedger_IsCutIntoSeveral()
    {
        // Each marking stands once in its record, and at the hub once for each observable of each sighting.
        var heavy = Samples.Marked(Tlp.Green, [.. Enumerable.Range(0, 16).Select(i => $"person:{i:00}{new string('x', 200)}@c.de")]);
        var records = Enumerable.Range(1, 6).Select(position => Record(position, heavy)).ToList();
        var ends = new List<long>();
        for (var from = 0L; from < 6; from = ends[^1])
            ends.Add(ReleaseBuilder.Build(default, from, [.. records.Where(record => record.Position > from)], Samples.Policy()).To);
        ends.Count.ShouldBeInRange(3, 6);
        ends[^1].ShouldBe(6);
    }

    private static LedgerRecord Record(long position, Marking marking)
    {
        var builder = new SightingBatchBuilder(64);
        var index = builder.AddMarking(marking);
        for (var i = 0; i < 50; i++)
        {
            var draft = new SightingDraft
            {
                Id = new(i, (short)position, 0, new byte[8]),
                Kind = SightingKind.Positive,
                Count = 1,
                FirstSeen = 1,
                LastSeen = 1,
                MarkingIndex = index,
            };
            draft.Observables.AddRange(Enumerable.Range(0, 64).Select(o => new Observable(ObservableType.Asn, $"AS{64 * i + o + 1}")));
            builder.Add(draft);
        }
        var batch = builder.Build();
        return new(position, new RecordHeader(RecordOperation.Sightings, "a.be", "BE", 1, 1).ToBytes(), batch.Markings,
            [.. Enumerable.Range(0, batch.Count).Select(batch.Item)]);
    }

    private static Contracts.Actors.Release? Release(IHomeStore home, PolicyHistory policy) => home.Head == 0
        ? null
        : ReleaseBuilder.Build(
            home.Identity, 0, home.ReadLedger(0, int.MaxValue, CancellationToken.None).GetAwaiter().GetResult(), policy);

    // Time does not count: an embargo ends and an agreement starts by itself, with nothing new to release.
    private static IReadOnlyList<MS.Observable> SeenOutside(M.World world, MS.Sighting sighting)
    {
        var marking = sighting.Marking;
        if (marking is { EmbargoUntil: { } until, ExpiresAt: { } expires } && MD.Hours.Floor(expires) <= MD.Hours.Ceiling(until))
            return [];
        var timeless = sighting with { Marking = marking with { EmbargoUntil = null, ExpiresAt = null } };
        var always = world.With([.. world.Versions.Select(version => version with
        {
            Agreements = [.. version.Agreements.Select(each => each with { ValidFrom = DateTimeOffset.MinValue, ValidUntil = null })],
        })]);
        var outside = world.Versions[^1].Organisations.Where(each => each.Jurisdiction != world.JurisdictionOf(sighting))
            .SelectMany(each => Palette.Persons.Append(null).Select(person => new M.Caller(each.Id, person))).ToList();
        return [.. sighting.Observables.Where(observable => outside.Exists(caller =>
            MD.Decision.On(always, timeless, observable, caller, world.Now).Level != MS.Level.None))];
    }

    private static Left ToLeave(Compartment compartment, MS.Sighting sighting, IReadOnlyList<MS.Observable> observables) => new(
        Convert.ToHexString(compartment.Encoded), string.Join(',', observables), string.Join(',', sighting.Techniques),
        MD.Hours.Floor(sighting.LastSeen), SaidOf(sighting), MD.Hours.Floor(sighting.FirstSeen), sighting.Count, sighting.Confidence);

    // What a redacted form of a contribution says.
    private static string SaidOf(MS.Sighting sighting) => sighting.Said is not { } said ? ""
        : sighting.Marking.Attribution == MS.Attribution.Named ? $"{sighting.Description}{said}" : $"{said with { Service = "" }}";

    private static IEnumerable<Left> AtHub(IHomeStore hub)
    {
        foreach (var record in hub.ReadLedger(0, int.MaxValue, CancellationToken.None).GetAwaiter().GetResult())
        {
            var compartments = ReleasedStatements.ReadCompartments(record.Preamble.Span);
            foreach (var bytes in record.Items) yield return Read(bytes, compartments);
        }
    }

    private static Left Read(ReadOnlyMemory<byte> bytes, byte[][] compartments)
    {
        var item = new SightingItem(bytes.Span);
        var details = item.ReadDetails();
        // What a release has no business to say must be as if never said.
        var rest = $"{(item.Id == Guid.Empty ? "" : item.Id)}{details.Asset}{details.Description}{details.SourceRef}"
            + details.Contribution?.ToModel();
        return new(
            Convert.ToHexString(compartments[item.MarkingIndex]),
            string.Join(',', item.ReadObservables().Select(each => each.ToModel())), string.Join(',', details.Techniques),
            ModelMapping.Instant(item.LastSeen), rest, ModelMapping.Instant(item.FirstSeen), item.Count, item.Confidence);
    }

    // Statements that say the same but for count, first and confidence may have been added up.
    private static string Text(IEnumerable<Left> statements) => string.Join('\n', statements
        .GroupBy(each => each with { First = default, Count = 0, Confidence = 0 })
        .Select(group => group.Key with
        {
            First = group.Min(each => each.First),
            Count = group.Aggregate(0UL, (sum, each) => sum + each.Count),
            Confidence = group.Max(each => each.Confidence),
        })
        .Select(each => each.ToString()).Order(StringComparer.Ordinal));

    private sealed record Left(
        string Compartment, string Observables, string Techniques, DateTimeOffset Last, string Rest, DateTimeOffset First,
        ulong Count, int Confidence);
}
