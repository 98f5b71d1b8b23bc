using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Disclosure;

/// <summary>DESIGN 3.1.3: who sees how much of one sighting under one policy version, beyond its owner.</summary>
public sealed class Audience(PolicyVersion version, Sighting sighting, DateTimeOffset at)
{
    private readonly TlpRow _label = TlpTable.Of(sighting.Marking.Tlp);

    /// <summary>"Otherwise the highest of": named recipient, agreement, reach. Of equals, the first decides.</summary>
    public Verdict Highest(Observable observable, Caller caller)
    {
        if (version.Find(sighting.Owner) is not { } owner || version.Find(caller.Organisation) is not { } asking)
            return new(Level.None, Rule.NoParty);
        Verdict?[] grants =
        [
            NamedRecipient(asking), NamedPerson(caller), ByAgreement(observable, owner, asking),
            ReachOfTheTlp(observable, owner, asking),
        ];
        return grants.OfType<Verdict>().MaxBy(grant => grant.Level) ?? new(Level.None, _label.Otherwise);
    }

    /// <summary>"p's organisation, a community of p". RED knows no communities.</summary>
    private Verdict? NamedRecipient(Organisation asking)
    {
        if (sighting.Marking.NamesOrganisation(asking.Id)) return new(Level.Full, Rule.NamedOrganisation);
        return _label.Communities && asking.Communities.Any(sighting.Marking.NamesCommunity)
            ? new(Level.Full, Rule.NamedCommunity)
            : null;
    }

    /// <summary>"or the person (in that person's own calls only)": a feed is none.</summary>
    private Verdict? NamedPerson(Caller caller) =>
        !caller.IsFeed && caller.Person is { } person && sighting.Marking.NamesPerson(person, caller.Organisation)
            ? new(Level.Full, Rule.NamedPerson)
            : null;

    /// <summary>
    /// The highest of the agreements in force from the owner to p that cover the TLP and the kind. "Never TLP:RED".
    /// </summary>
    private Verdict? ByAgreement(Observable observable, Organisation owner, Organisation asking) => !_label.Agreements
        ? null
        : version.Agreements
            .Where(agreement => agreement.InForce(at))
            .Where(agreement => Agreement.IsOneOf(agreement.Provider, owner))
            .Where(agreement => Agreement.IsOneOf(agreement.Consumer, asking))
            .Where(agreement => agreement.CoversTlp(sighting.Marking.Tlp) && agreement.CoversKind(sighting.Kind))
            .Select(agreement => Under(agreement, observable))
            .OfType<Verdict>().MaxBy(grant => grant.Level);

    /// <summary>
    /// "all of σ's observable types → its level. If it covers only some … → Redacted, with those only".
    /// </summary>
    private Verdict? Under(Agreement agreement, Observable observable)
    {
        if (!agreement.CoversType(observable.Type)) return null;
        if (!sighting.Observables.All(each => agreement.CoversType(each.Type)))
            return new(Level.Redacted, Rule.AgreementPartial);
        return agreement.Level switch
        {
            Level.Full => new(Level.Full, Rule.AgreementFull),
            Level.Redacted => new(Level.Redacted, Rule.AgreementRedacted),
            _ => null,
        };
    }

    /// <summary>"reach of the TLP → Redacted".</summary>
    private Verdict? ReachOfTheTlp(Observable observable, Organisation owner, Organisation asking)
    {
        if (_label.Everybody) return new(Level.Redacted, Rule.ReachClear);
        if (_label.Consortium && !sighting.Marking.NamesAnyCommunity) return new(Level.Redacted, Rule.ReachGreen);
        return _label.Clients ? ReachOfClients(observable, owner, asking) : null;
    }

    /// <summary>
    /// "the clients of the owner and of organisations that receive σ at Redacted or Full by the two rules above".
    /// </summary>
    private Verdict? ReachOfClients(Observable observable, Organisation owner, Organisation asking)
    {
        if (owner.Clients.Contains(asking.Id)) return new(Level.Redacted, Rule.ReachClientOfOwner);
        return version.Organisations
            .Where(parent => parent.Clients.Contains(asking.Id))
            .Any(parent => (NamedRecipient(parent) ?? ByAgreement(observable, owner, parent)) is not null)
            ? new(Level.Redacted, Rule.ReachClientOfReceiver)
            : null;
    }
}
