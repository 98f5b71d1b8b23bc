using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Disclosure;

/// <summary>Which sentence of DESIGN 3.1 decided.</summary>
public enum Rule
{
    /// <summary>3.1.1: "p is the owner's organisation".</summary>
    Owner,
    /// <summary>3.1.1: "A withdrawn σ is gone for everybody".</summary>
    Withdrawn,
    /// <summary>3.1.3: RED "never leaves through feeds, TAXII or webhooks", also before 3.1.1.</summary>
    NoFeed,
    /// <summary>3.1.2: before embargo-until.</summary>
    Embargo,
    /// <summary>3.1.2: at or after expires-at.</summary>
    Expiry,
    /// <summary>Reading 3: owner or caller is no organisation of the version.</summary>
    NoParty,
    /// <summary>3.1.3: named recipient, p's organisation.</summary>
    NamedOrganisation,
    /// <summary>3.1.3: named recipient, a community of p.</summary>
    NamedCommunity,
    /// <summary>3.1.3: named recipient, the person.</summary>
    NamedPerson,
    /// <summary>3.1.3: an agreement at Full that covers all types.</summary>
    AgreementFull,
    /// <summary>3.1.3: an agreement at Redacted that covers all types.</summary>
    AgreementRedacted,
    /// <summary>3.1.3: an agreement that covers only some of the observables.</summary>
    AgreementPartial,
    /// <summary>3.1.3: CLEAR reaches every organisation.</summary>
    ReachClear,
    /// <summary>3.1.3: GREEN reaches the consortium.</summary>
    ReachGreen,
    /// <summary>3.1.3: clients of the owner.</summary>
    ReachClientOfOwner,
    /// <summary>3.1.3: clients of organisations that receive.</summary>
    ReachClientOfReceiver,
    /// <summary>3.1.3: GREEN that names communities reaches nobody else.</summary>
    StopsAtCircle,
    /// <summary>3.1.3: AMBER reaches nobody but clients.</summary>
    StopsAtAmber,
    /// <summary>3.1.3: AMBER+STRICT reaches nobody further.</summary>
    StopsAtAmberStrict,
    /// <summary>3.1.3: RED reaches nobody further, whatever communities and agreements say.</summary>
    StopsAtRed,
    /// <summary>3.1.5: a later version gives less, and holds for the past.</summary>
    Narrowed,
    /// <summary>3.1.5: an earlier version gives less, and widening holds only from then on.</summary>
    NotWidened,
}

/// <summary>A level with the rule that gave it.</summary>
public sealed record Verdict(Level Level, Rule Rule);
