using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;

namespace CrossBorderSoc.Grains.Changes;

/// <summary>What one caller may see in one home: at a place in the past, and now.</summary>
internal sealed class Sight(Home home, Asker asker, ChangePlace before)
{
    private readonly Clearance _before = before.PolicyVersion >= asker.PolicyVersion
        ? asker.Clearance
        : new(asker.Clearance.Caller, asker.Clearance.History.Until(before.PolicyVersion));

    /// <summary>The home.</summary>
    public Home Home => home;

    /// <summary>The instant of the place; Unix milliseconds UTC.</summary>
    public long Before => before.At;

    /// <summary>The instant of now; Unix milliseconds UTC.</summary>
    public long Now => asker.At;

    /// <summary>The number of the policy version of now.</summary>
    public int PolicyVersion => asker.PolicyVersion;

    /// <summary>Whether this home tells of what sightings name; a foreign one tells of what assets join alone, since the rest stands at the
    /// hub, too.</summary>
    public bool TellsNamed => home.IsHub || home == asker.Home;

    /// <summary>Whether an embargo or an expiry may lie between: they come at full hours.</summary>
    public bool TimeMayDiffer => Hours.Floor(asker.At) > before.At;

    /// <summary>Whether rights may differ by anything but embargo and expiry.</summary>
    public bool PolicyMayDiffer =>
        before.PolicyVersion < asker.PolicyVersion || AgreementTurns.Any(asker.Clearance.History, before.At, asker.At);

    /// <summary>The types of which the caller sees observables in a compartment now, as far as this home is to say so.</summary>
    public ObservableTypeSet TypesSeenNow(Compartment compartment) =>
        IsAnsweredElsewhere(compartment) ? default : new(asker.Clearance.RightsIn(compartment, asker.At).Visible);

    /// <summary>Whether what is said of observables of a type in a compartment, since a position, looks another now than it did; and this
    /// home is to say so. What a sighting shows of one observable changes what it shows of the others.</summary>
    public bool Differs(Compartment compartment, ObservableType type, long since)
    {
        // Of a policy that this node does not know yet: it will be a change then.
        if (compartment.AudienceEpoch > asker.PolicyVersion) return false;
        // What was not there then, and is not seen now, was never told.
        if (since > before.Position && LevelNow(compartment, type) == DisclosureLevel.None) return false;
        return Differs(compartment)
            && (LevelNow(compartment, type) != DisclosureLevel.None || LevelBefore(compartment, type) != DisclosureLevel.None);
    }

    /// <summary>Whether the caller sees the whole sightings of a compartment in Full now, as far as this home is to say so: then what their
    /// assets join, too.</summary>
    public bool SeesWhole(Compartment compartment) => !IsAnsweredElsewhere(compartment) && compartment.AudienceEpoch <= asker.PolicyVersion
        && asker.Clearance.DecideWhole(compartment, asker.At) == DisclosureLevel.Full;

    /// <summary>Whether the caller sees whole sightings of a compartment, since a position, in Full now and did not, or did and does not.</summary>
    public bool DiffersWhole(Compartment compartment, long since) => !IsAnsweredElsewhere(compartment)
        && SeesWhole(compartment) != (since <= before.Position && SawWhole(compartment));

    /// <summary>What is lost of what assets join in a compartment, where it differs.</summary>
    public Lost LostOfJoined(Compartment compartment) =>
        !SeesWhole(compartment) && compartment.Kind == SightingKind.Positive ? Lost.Of(compartment.Jurisdiction) : default;

    /// <summary>What is shown less of observables of a type in a compartment than it was, if it was there; where it differs.</summary>
    public Lost LostOf(Compartment compartment, ObservableType type, long since)
    {
        if (since > before.Position || LevelNow(compartment, type) >= LevelBefore(compartment, type)) return default;
        return compartment.Kind switch
        {
            SightingKind.Positive => Lost.Of(compartment.Jurisdiction),
            SightingKind.Contribution => Lost.OfContributions,
            _ => default,
        };
    }

    /// <summary>Whether the level of any type in a compartment is another now than it was, and this home is to say so.</summary>
    public bool Differs(Compartment compartment) => !IsAnsweredElsewhere(compartment)
        && compartment.AudienceEpoch <= asker.PolicyVersion && ObservableTypes.All.Any(
        type => compartment.Types.Contains(type) && LevelNow(compartment, type) != LevelBefore(compartment, type));

    // What the hub has of the caller's own jurisdiction, its home knows better.
    private bool IsAnsweredElsewhere(Compartment compartment) => home.IsHub && compartment.Jurisdiction == asker.Home.Code;

    private DisclosureLevel LevelNow(Compartment compartment, ObservableType type) =>
        asker.Clearance.Decide(compartment, type, asker.At);

    private bool SawWhole(Compartment compartment) => compartment.AudienceEpoch <= _before.History.Number
        && _before.DecideWhole(compartment, before.At) == DisclosureLevel.Full;

    // What was accepted under a later version was not there.
    private DisclosureLevel LevelBefore(Compartment compartment, ObservableType type) =>
        compartment.AudienceEpoch > _before.History.Number ? DisclosureLevel.None : _before.Decide(compartment, type, before.At);
}
