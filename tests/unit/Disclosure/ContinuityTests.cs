using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Consortium;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class ContinuityTests
{
    private static readonly Organisation Stays = Samples.Org("a.be") with { Jurisdiction = "BE" };
    private static readonly Organisation Moves = Samples.Org("b.be") with { Jurisdiction = "BE" };

    [Fact]
    public void Check_AnOrganisationThatWouldMove_IsRefusedNamingTheEntry()
    {
        var history = PolicyHistory.Empty.Append([Stays, Moves], []);
        Should.Throw<ConsortiumInvalidException>(() => Continuity.Check(history, [Stays, Moves with { Jurisdiction = "DE" }]))
            .Errors.Single().ShouldStartWith("organisations.json: entry 1 ('b.be'): 'jurisdiction': is BE ");
    }

    [Fact]
    public void Check_AnOrganisationThatLeftAndComesBackElsewhere_IsRefused()
    {
        var history = PolicyHistory.Empty.Append([Stays, Moves], []).Append([Stays], []);
        Should.Throw<ConsortiumInvalidException>(() => Continuity.Check(history, [Stays, Moves with { Jurisdiction = "DE" }]));
    }

    [Fact]
    public void Check_EveryOtherChange_IsTaken()
    {
        var history = PolicyHistory.Empty.Append([Stays, Moves], []).Append([Stays], []);
        Continuity.Check(history, [Moves with { Name = "New" }, Stays with { Clients = ["b.be"] }, Samples.Org("c.de")]);
        Continuity.Check(PolicyHistory.Empty, [Moves with { Jurisdiction = "DE" }]);
    }
}
