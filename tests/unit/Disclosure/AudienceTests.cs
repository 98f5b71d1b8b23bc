using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CsCheck;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class AudienceTests
{
    [Theory]
    [InlineData(Tlp.Clear, "", true)]
    [InlineData(Tlp.Green, "", true)]
    [InlineData(Tlp.Amber, "", false)]
    [InlineData(Tlp.AmberStrict, "", false)]
    [InlineData(Tlp.Red, "", false)]
    [InlineData(Tlp.Red, "organisation:b.be", false)]
    [InlineData(Tlp.Red, "organisation:c.de", true)]
    [InlineData(Tlp.Red, "person:jo@c.de", true)]
    [InlineData(Tlp.Red, "person:jo@b.be", false)]
    public void Released_OnlyWhatSomebodyOutsideMaySee(Tlp tlp, string recipient, bool released)
    {
        var marking = recipient.Length == 0 ? Samples.Marked(tlp) : Samples.Marked(tlp, recipient);
        Audience.Released(Samples.In("a.be", marking), Samples.Policy()).Mask
            .ShouldBe(released ? Samples.IpAndDomain.Mask : 0);
    }

    [Fact]
    public void Released_TimeDoesNotCount_RevocationDoes()
    {
        var amber = Samples.In("a.be", Samples.Marked(Tlp.Amber) with { EmbargoUntil = Samples.Noon });
        Audience.Released(amber, Samples.Policy(Samples.Agreed("a.be", "c.de", from: long.MaxValue))).Count.ShouldBe(2);
        Audience.Released(amber, Samples.Policy(Samples.Agreed("a.be", "c.de", revoked: true))).Count.ShouldBe(0);
        Audience.Released(amber, Samples.Policy(Samples.Agreed("a.be", "b.be"))).Count.ShouldBe(0);
    }

    [Fact]
    public void Released_NeverOpen_Nothing() => Audience.Released(
        Samples.In("a.be", Samples.Marked(Tlp.Clear) with
        {
            EmbargoUntil = Samples.Noon + 1,
            ExpiresAt = Samples.Noon + Samples.Hour,
        }),
        Samples.Policy()).Count.ShouldBe(0);

    [Fact]
    public void Released_PartialAgreement_OnlyTheCoveredTypes() => Audience.Released(
        Samples.In("a.be", Samples.Marked(Tlp.Amber)), Samples.Policy(
            Samples.Agreed("a.be", "c.de", types: Samples.Ip)))
        .ShouldBe(Samples.Ip);

    [Fact]
    public void Released_LostUnderALaterVersion_Nothing()
    {
        var one = Samples.Policy(Samples.Agreed("a.be", "c.de"));
        var two = one.Append(one.Newest!.Organisations, []);
        var three = two.Append(two.Newest!.Organisations, [Samples.Agreed("a.be", "c.de")]);
        Audience.Released(Samples.In("a.be", Samples.Marked(Tlp.Amber)), three).Count.ShouldBe(0);
        Audience.Released(Samples.In("a.be", Samples.Marked(Tlp.Amber), epoch: 3), three).Count.ShouldBe(2);
    }

    [Fact]
    public void Released_HoldsWhateverAForeignCallerSees() => Gen.Select(
        Samples.Compartments, Gen.Long[0, 500], Gen.Int[0, 3], Samples.One("a.be", "b.be", "c.de"), Samples.One(
            "b.be", "c.de", "d.fr"))
        .Sample((compartment, at, kind, provider, consumer) =>
        {
            var history = Samples.Policy(Samples.Agreed(
                provider, consumer, kind % 2 == 0 ? DisclosureLevel.Full : DisclosureLevel.Redacted,
                types: kind < 2 ? Samples.Ip : null, from: 100, until: 300));
            history = history.Append(
                history.Newest!.Organisations, [.. history.Newest.Agreements, Samples.Agreed("a.be", "d.fr")]);
            history = history.Append(history.Newest!.Organisations, []);
            var released = Audience.Released(compartment, history);
            foreach (var caller in history.Newest!.Organisations.Where(o => o.Jurisdiction != compartment.Jurisdiction))
                foreach (var type in new[] { ObservableType.Ipv4Addr, ObservableType.DomainName })
                    foreach (var person in new[] { null, "p" })
                        if (new Clearance(new(caller.Id, person), history).Decide(
                            compartment, type, at) != DisclosureLevel.None)
                            released.Contains(type).ShouldBeTrue();
        });
}
