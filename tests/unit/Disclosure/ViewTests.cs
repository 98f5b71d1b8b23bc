using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class ViewTests
{
    private const long Last = Samples.Noon + 1234;
    private static readonly PolicyHistory History = Samples.Policy(
        Samples.Agreed("a.be", "c.de"), Samples.Agreed("b.be", "c.de", DisclosureLevel.Redacted),
        Samples.Agreed("a.be", "d.fr", types: Samples.Ip));

    [Fact]
    public void Full_EveryField_Exactly()
    {
        var view = See(Knowing(Tlp.Amber, "a.be"), "c.de", Reading.ForeignAtHome).View;
        view.TalliesByJurisdiction.ShouldBe([new("BE", SightingKind.Positive, new(3, Last - 5, Last, 40))]);
        view.TalliesBySource.ShouldBe([new("a.be", true, SightingKind.Positive, new(3, Last - 5, Last, 40), "BE")]);
        view.TalliesByKind.ShouldBe([new(SightingKind.Positive, new(3, Last - 5, Last, 40))]);
        view.Histogram.ShouldBe([new(Samples.Noon, SightingKind.Positive, 3)]);
        view.Techniques.ShouldBe([new("T1", Last)]);
        view.Neighbours.ShouldBe([new(ObservableType.DomainName, [new("bad.example", Last)])]);
        view.Assets.ShouldBe([new("a.be", "server", Last)]);
        view.Markings.Single().ShouldBe(DisclosedMarking.Full(Samples.Marked(Tlp.Amber)));
    }

    [Fact]
    public void Redacted_TheWhitelist_TimesCutToTheHour()
    {
        var view = See(Knowing(Tlp.Amber, "b.be"), "c.de", Reading.DomesticAtHome).View;
        var tally = new Tally(3, Samples.Noon, Samples.Noon, 40);
        view.TalliesBySource.ShouldBe([new("BE", false, SightingKind.Positive, tally, "BE")]);
        view.Techniques.ShouldBe([new("T1", Samples.Noon)]);
        view.Neighbours.ShouldBe([new(ObservableType.DomainName, [new("bad.example", Samples.Noon)])]);
        view.Assets.ShouldBeEmpty();
        view.Markings.Single().ShouldBe(DisclosedMarking.Redacted(Samples.Marked(Tlp.Amber)));
        See(Knowing(Tlp.Clear, "b.be"), "d.fr", Reading.DomesticAtHome).View.TalliesBySource
            .ShouldBe([new("b.be", true, SightingKind.Positive, tally, "BE")]);
    }

    [Fact]
    public void Redacted_ConfidenceIsTheHighestOfItsNewestHour_FullIsThatOfTheNewest()
    {
        var knowledge = new Compartmented<IndicatorTally>();
        foreach (var (last, confidence) in new[] { (Samples.Noon - 1, 99), (Last, 80), (Last + 1, 10) })
            knowledge.Add(
                Samples.In("b.be", Samples.Marked(Tlp.Amber)),
                new() { Count = 1, FirstSeen = last, LastSeen = last, Confidence = (byte)confidence });
        Confidence("c.de").ShouldBe((byte)80);
        Confidence("b.be").ShouldBe((byte)10);
        byte Confidence(string asker) =>
            See(knowledge, asker, Reading.DomesticAtHome).View.TalliesByKind.Single().Tally.Confidence;
    }

    [Fact]
    public void Markings_BeyondTheBound_AreTheFirstInOrder_WhateverThePartsAre()
    {
        var said = Enumerable.Range(0, 2 * Bounds.MarkingsShownMax).Select(i => Samples.Marked(Tlp.Amber) with { ExpiresAt = Last + i + 1 })
            .ToArray();
        var (knowledge, parts) = (new Compartmented<IndicatorTally>(), new List<IndicatorView>());
        foreach (var marking in said.AsEnumerable().Reverse())
        {
            var part = new Compartmented<IndicatorTally>();
            part.Add(Samples.In("a.be", marking), new() { Count = 1, FirstSeen = Last, LastSeen = Last });
            knowledge.Merge(part);
            parts.Add(See(part, "a.be", Reading.DomesticAtHome).View);
        }
        var view = See(knowledge, "a.be", Reading.DomesticAtHome).View;
        view.Markings.ShouldBe(said.Select(DisclosedMarking.Full).Take(Bounds.MarkingsShownMax));
        IndicatorView.Merge(parts).Markings.ShouldBe(view.Markings);
    }

    [Fact]
    public void PartialAgreement_HidesTheNeighbour_AndTheViewOfIt()
    {
        var knowledge = Knowing(Tlp.Amber, "a.be");
        See(knowledge, "d.fr", Reading.DomesticAtHome).View.Neighbours.ShouldBeEmpty();
        knowledge.DiscloseIndicator(
            new(new("d.fr"), History), ObservableType.DomainName, Samples.Noon, Reading.DomesticAtHome)
            .View.ShouldBe(IndicatorView.Empty);
    }

    [Fact]
    public void Hub_PointsToFull_ShowsRedacted_SkipsTheCallersOwn()
    {
        var knowledge = Knowing(Tlp.Amber, "a.be");
        knowledge.Merge(Knowing(Tlp.Amber, "b.be"));
        knowledge.Merge(Knowing(Tlp.Clear, "c.de"));
        var hub = See(knowledge, "c.de", Reading.AtHub("DE"));
        hub.FullElsewhere.ShouldBe(["BE"]);
        hub.View.TalliesByJurisdiction.ShouldBe([new("BE", SightingKind.Positive, new(3, Samples.Noon, Samples.Noon, 40))]);
        See(knowledge, "c.de", Reading.ForeignAtHome).View.TalliesBySource.Select(t => t.Source).ShouldBe(
            ["a.be", "c.de"]);
    }

    [Fact]
    public void NothingVisible_IsEmpty_LikeNothingAtAll()
    {
        var nothing = new Compartmented<IndicatorTally>();
        foreach (var reading in new[] { Reading.DomesticAtHome, Reading.ForeignAtHome, Reading.AtHub("FR") })
            See(Knowing(Tlp.Red, "b.be"), "d.fr", reading).ShouldBe(See(nothing, "d.fr", reading));
    }

    [Fact]
    public void DefaultReading_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => See(Knowing(Tlp.Clear, "a.be"), "c.de", default));

    [Fact]
    public void Asset_InFullOnly_DetailsOfTheNewest()
    {
        var knowledge = new Compartmented<AssetTally>();
        Said("a.be", Tlp.Amber, Last, "old").AddTo(knowledge);
        Said("a.be", Tlp.AmberStrict, Last + 1, "new").AddTo(knowledge);
        Said("a.be", Tlp.Red, Last + 2, "hidden").AddTo(knowledge);
        var view = knowledge.DiscloseAsset(new(new("c.de"), History), Samples.Noon);
        view.TalliesByKind.ShouldBe([new(SightingKind.Positive, new(6, Last - 5, Last + 1, 40))]);
        view.Details!.Sector.ShouldBe("new");
        view.Observables.Single().Newest.Single().Text.ShouldBe("bad.example");
        knowledge.DiscloseAsset(new(new("d.fr"), History), Samples.Noon).ShouldBe(AssetView.Empty);
    }

    [Fact]
    public void Evidence_FullRedactedAndNothing()
    {
        var marking = Samples.Marked(Tlp.Amber);
        var sighting = new Sighting(
            Guid.Empty, [new(ObservableType.Ipv4Addr, "192.0.2.1"), new(ObservableType.DomainName, "bad.example")],
            null, Last - 5, Last, 3, SightingKind.Positive, 50, marking, ["T1"], "secret", "ref");
        DisclosedSighting? By(string caller, ObservableType? subject) => SightingDisclosure.Apply(
            sighting, subject, Samples.In("a.be", marking), new(new(caller), History), Samples.Noon);
        var full = By("c.de", ObservableType.DomainName)!;
        (full.Id, full.Owner, full.LastSeen, full.Description, full.SourceRef).ShouldBe(
            (Guid.Empty, "a.be", Last, "secret", "ref"));
        var redacted = By("d.fr", ObservableType.Ipv4Addr)!;
        redacted.Observables.ShouldBe([new(ObservableType.Ipv4Addr, "192.0.2.1")]);
        (redacted.Id, redacted.Owner, redacted.LastSeen, redacted.Description, redacted.SourceRef)
            .ShouldBe(((Guid?)null, (string?)null, Samples.Noon, (string?)null, (string?)null));
        By("d.fr", ObservableType.DomainName).ShouldBeNull();
        By("b.be", subject: null).ShouldBeNull();
    }

    private static DisclosedIndicator See(Compartmented<IndicatorTally> knowledge, string caller, Reading reading) =>
        knowledge.DiscloseIndicator(new(new(caller), History), ObservableType.Ipv4Addr, Samples.Noon, reading);

    private static Samples.Said Said(string owner, Tlp tlp, long last, string asset) => new(
        Samples.In(owner, Samples.Marked(tlp)), 3, Last - 5, last, [new(ObservableType.DomainName, "bad.example")],
            ["T1"], asset, 40, []);

    private static Compartmented<IndicatorTally> Knowing(Tlp tlp, string owner)
    {
        var knowledge = new Compartmented<IndicatorTally>();
        Said(owner, tlp, Last, "server").AddTo(knowledge);
        return knowledge;
    }
}
