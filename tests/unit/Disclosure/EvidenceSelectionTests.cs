using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Grains.Evidence;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>Evidence has one order, whatever the sequence in which sightings are met and however it is cut into pages.</summary>
public class EvidenceSelectionTests
{
    // Few choices of every field, so that many differ in one of them only, and many in none.
    private static readonly Gen<DisclosedSighting> Sightings = Gen.Select(
        Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[1, 2], Samples.One("", "a", "b"), Samples.One("BE", "DE"),
        (hour, owner, kind, text, jurisdiction) => Redacted(jurisdiction, hour) with
        {
            Owner = owner == 0 ? null : $"o{owner}",
            Kind = (SightingKind)kind,
            Description = text,
            Techniques = text.Length == 0 ? [] : ["T1", text],
            Observables = [new(ObservableType.DomainName, text + ".example")],
        });

    [Fact]
    public void Pages_OfAnySequenceAndSize_AreTheWholeInOrder() =>
        Gen.Select(Sightings.Array[0, 40], Gen.Int[1, 7], Gen.Int[1, 2_000], Gen.Int[0, 1_000_000])
            .Sample((all, count, bytes, seed) =>
            {
                var random = new Random(seed);
                var pages = new List<DisclosedSighting>();
                EvidencePlace? place = null;
                do
                {
                    var (page, next) = Choose(Shuffled(all, random), place, count, bytes);
                    page.Length.ShouldBeLessThanOrEqualTo(count);
                    if (page.Length > 1) page.Sum(EvidenceSelection.BytesOf).ShouldBeLessThanOrEqualTo(bytes);
                    if (next is not null) page.ShouldNotBeEmpty();
                    pages.AddRange(page);
                    place = next;
                }
                while (place is not null);
                pages.ShouldBe(all.Order(EvidenceOrder.Instance));
            }, iter: 2_000);

    [Fact]
    public void First_OfSeveralHomes_IsTheWholesBeginning() =>
        Gen.Select(Sightings.Array[0, 40], Gen.Int[1, 7], Gen.Int[1, 45]).Sample((all, count, limit) =>
        {
            var asked = new List<int>();
            var merge = new EvidenceMerge((home, after, most) =>
            {
                asked.Add(most);
                var (page, next) = Choose(all.Where(one => one.Jurisdiction == home.Code), after, Math.Min(most, count), 9_999);
                return Task.FromResult(new EvidencePage(page, next, 1));
            });
            merge.First([new("DE"), new("BE"), new("FR")], limit).ToBlockingEnumerable()
                .ShouldBe(all.Order(EvidenceOrder.Instance).Take(limit));
            asked.ShouldAllBe(most => most >= 1 && most <= limit);
        }, iter: 1_000);

    [Fact]
    public void Order_ByNothingThatIsHidden_IsTotalOverWhatIsShown() =>
        Gen.Select(Sightings, Sightings).Sample((one, other) =>
            (EvidenceOrder.Instance.Compare(one, other) == 0).ShouldBe(one.Equals(other)));

    [Fact]
    public void Page_OfTheLargestSightings_StaysBelowOneMebibyte()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var large = Redacted("BE", 1) with
        {
            Observables =
            [
                .. Enumerable.Range(0, Bounds.SightingObservablesMax)
                    .Select(i => new Observable(ObservableType.Url, new string('é', Bounds.ObservableBytesMax / 2 - 2) + $"{i:00}")),
            ],
        };
        foreach (var sighting in new[] { large, Redacted("BE", 1) })
        {
            var (page, next) = Choose(Enumerable.Repeat(sighting, 20_000), null, Bounds.EvidenceSightingsMax, Bounds.EvidencePageBytesMax);
            serializer.SerializeToArray(new EvidencePage(page, next, 1)).Length.ShouldBeLessThan(1 << 20);
            page.Length.ShouldBeGreaterThan(0);
        }
    }

    private static (System.Collections.Immutable.ImmutableArray<DisclosedSighting> Page, EvidencePlace? Next) Choose(
        IEnumerable<DisclosedSighting> all, EvidencePlace? after, int count, int bytes)
    {
        var selection = new EvidenceSelection(after, count, bytes);
        foreach (var one in all) if (selection.CouldTake(one.LastSeen)) selection.Offer(one);
        return selection.Take();
    }

    private static DisclosedSighting[] Shuffled(DisclosedSighting[] all, Random random)
    {
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static DisclosedSighting Redacted(string jurisdiction, long hour) => new(
        DisclosureLevel.Redacted, [], SightingKind.Positive, 1, 0, hour * Samples.Hour, 50,
        DisclosedMarking.Redacted(Samples.Marked(Tlp.Green)), [], jurisdiction, null, null, null, null, null);
}
