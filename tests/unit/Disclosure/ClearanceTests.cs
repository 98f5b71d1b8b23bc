using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class ClearanceTests
{
    private const ObservableType Ip = ObservableType.Ipv4Addr;

    [Fact]
    public void Decide_AcrossStartAndEndOfAnAgreement_ChangesExactlyThere()
    {
        var clearance = Of("c.de", Samples.Policy(Samples.Agreed("a.be", "c.de", from: 100, until: 200)));
        var amber = Samples.In("a.be", Samples.Marked(Tlp.Amber));
        // Back and forth, so that nothing remembered is used outside of its span.
        foreach (var (at, level) in new[]
        {
            (99L, DisclosureLevel.None), (100, DisclosureLevel.Full), (199, DisclosureLevel.Full),
            (200, DisclosureLevel.None),
            (150, DisclosureLevel.Full), (99, DisclosureLevel.None), (long.MaxValue, DisclosureLevel.None),
        })
            clearance.Decide(amber, Ip, at).ShouldBe(level, $"at {at}");
    }

    [Fact]
    public void Decide_EmbargoAndExpiry_HourBoundaries()
    {
        var clearance = Of("c.de", Samples.Policy());
        var clear = Samples.In("a.be", Samples.Marked(Tlp.Clear) with
        {
            EmbargoUntil = Samples.Noon + 1,
            ExpiresAt = Samples.Noon + (3 * Samples.Hour) - 1,
        });
        clearance.Decide(clear, Ip, Samples.Noon + Samples.Hour - 1).ShouldBe(DisclosureLevel.None);
        clearance.Decide(clear, Ip, Samples.Noon + Samples.Hour).ShouldBe(DisclosureLevel.Redacted);
        clearance.Decide(clear, Ip, Samples.Noon + (2 * Samples.Hour) - 1).ShouldBe(DisclosureLevel.Redacted);
        clearance.Decide(clear, Ip, Samples.Noon + (2 * Samples.Hour)).ShouldBe(DisclosureLevel.None);
        Of("a.be", Samples.Policy()).Decide(clear, Ip, 0).ShouldBe(DisclosureLevel.Full);
    }

    [Fact]
    public void Decide_Widening_HoldsFromThenOn_NarrowingForThePastToo()
    {
        var one = Samples.Policy();
        var two = one.Append(one.Newest!.Organisations, [Samples.Agreed("a.be", "c.de")]);
        var three = two.Append(two.Newest!.Organisations, [Samples.Agreed("a.be", "c.de", revoked: true)]);
        var before = Samples.In("a.be", Samples.Marked(Tlp.Amber), epoch: 1);
        var after = Samples.In("a.be", Samples.Marked(Tlp.Amber), epoch: 2);
        Of("c.de", two).Decide(before, Ip, 0).ShouldBe(DisclosureLevel.None);
        Of("c.de", two).Decide(after, Ip, 0).ShouldBe(DisclosureLevel.Full);
        Of("c.de", three).Decide(after, Ip, 0).ShouldBe(DisclosureLevel.None);
    }

    [Fact]
    public void Decide_Person_OnlyInThatPersonsOwnCalls()
    {
        var red = Samples.In("a.be", Samples.Marked(Tlp.Red, "person:jo@c.de"));
        Of("c.de", Samples.Policy(), "jo").Decide(red, Ip, 0).ShouldBe(DisclosureLevel.Full);
        Of("c.de", Samples.Policy(), "jo@c.de").Decide(red, Ip, 0).ShouldBe(DisclosureLevel.None);
        Of("c.de", Samples.Policy(), "").Decide(red, Ip, 0).ShouldBe(DisclosureLevel.None);
        Of("c.de", Samples.Policy()).Decide(red, Ip, 0).ShouldBe(DisclosureLevel.None);
        Of("d.fr", Samples.Policy(), "jo").Decide(red, Ip, 0).ShouldBe(DisclosureLevel.None);
    }

    [Fact]
    public void Decide_LabelsOfANewerPeer_HiddenFromAllButTheOwner()
    {
        var policy = Samples.Policy(Samples.Agreed("a.be", "c.de"));
        foreach (var unknown in new[]
        {
            Samples.In("a.be", Samples.Marked((Tlp)9, "organisation:c.de")),
            Samples.In("a.be", Samples.Marked(Tlp.Unspecified, "organisation:c.de")),
            Samples.In("a.be", Samples.Marked(Tlp.Clear), kind: (SightingKind)9),
        })
        {
            Of("c.de", policy).Decide(unknown, Ip, 0).ShouldBe(DisclosureLevel.None);
            Of("a.be", policy).Decide(unknown, Ip, 0).ShouldBe(DisclosureLevel.Full);
        }
        var odd = Samples.Policy(Samples.Agreed("a.be", "c.de", (DisclosureLevel)7));
        Of("c.de", odd).Decide(Samples.In("a.be", Samples.Marked(Tlp.Amber)), Ip, 0).ShouldBe(DisclosureLevel.None);
        Of("c.de", policy).Decide(Samples.In("a.be", Samples.Marked(Tlp.Clear), Samples.Ip), (ObservableType)65, 0)
            .ShouldBe(DisclosureLevel.None);
    }

    [Fact]
    public void Decide_VersionThatIsNotThere_Throws() => Should.Throw<UndecidableException>(() =>
        Of("c.de", Samples.Policy()).Decide(Samples.In("a.be", Samples.Marked(Tlp.Clear), epoch: 2), Ip, 0));

    [Fact]
    public void Decide_Warm_AllocatesNothing()
    {
        var clearance = Of("c.de", Samples.Policy(Samples.Agreed("a.be", "c.de")));
        var compartments = Enumerable.Range(1, 64)
            .Select(n => Samples.In("a.be", Samples.Marked(Tlp.Clear) with { EmbargoUntil = n }, epoch: 1)).ToArray();
        foreach (var compartment in compartments) clearance.Decide(compartment, Ip, Samples.Noon);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var compartment in compartments) clearance.Decide(compartment, Ip, Samples.Noon);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Decide_MoreCompartmentsThanRemembered_StillRight()
    {
        var clearance = Of("c.de", Samples.Policy());
        for (var n = 0; n < 40_000; n++)
        {
            var hidden = n % 2 == 0;
            clearance.Decide(Samples.In("a.be", Samples.Marked(hidden ? Tlp.Red : Tlp.Clear) with { EmbargoUntil = n }),
                Ip, Samples.Noon)
                .ShouldBe(hidden ? DisclosureLevel.None : DisclosureLevel.Redacted);
        }
    }

    [Fact]
    public void Cache_SameCallerSameHistory_SameClearance()
    {
        var cache = new ClearanceCache(8);
        var policy = Samples.Policy();
        cache.Get(new("a.be"), policy).ShouldBeSameAs(cache.Get(new("a.be"), policy));
        cache.Get(new("a.be", "jo"), policy).ShouldNotBeSameAs(cache.Get(new("a.be"), policy));
        cache.Get(new("a.be"), Samples.Policy()).ShouldNotBeSameAs(cache.Get(new("a.be"), policy));
    }

    private static Clearance Of(string organisation, PolicyHistory history, string? person = null) =>
        new(new(organisation, person), history);
}
