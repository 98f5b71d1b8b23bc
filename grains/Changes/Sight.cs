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

    /// <summary>The types of which the caller sees observables in a compartment now, and whether whole sightings in Full, as far as this home
    /// is to say so.</summary>
    public (ObservableTypeSet Types, bool IsWhole) SeenNow(Compartment compartment)
    {
        if (IsAnsweredElsewhere(compartment)) return default;
        var rights = asker.Clearance.RightsIn(compartment, asker.At);
        return (new(rights.Visible), rights.OfWhole(compartment.Types) == DisclosureLevel.Full);
    }

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

    /// <summary>Whether a position is one up to which the caller was told.</summary>
    public bool WasThere(long since) => since <= before.Position;

    /// <summary>Whether the caller sees the whole sightings of a compartment in Full now, as far as this home is to say so: then what their
    /// assets join, too.</summary>
    public bool SeesWhole(Compartment compartment) => !IsAnsweredElsewhere(compartment) && compartment.AudienceEpoch <= asker.PolicyVersion
        && asker.Clearance.DecideWhole(compartment, asker.At) == DisclosureLevel.Full;

    /// <summary>Whether the caller saw the whole sightings of a compartment in Full at the place, or at an instant behind it (Unix milliseconds
    /// UTC) under the policy of then.</summary>
    public bool SawWhole(Compartment compartment, long at) => !IsAnsweredElsewhere(compartment)
        && compartment.AudienceEpoch <= _before.History.Number
        && _before.DecideWhole(compartment, Math.Max(at, before.At)) == DisclosureLevel.Full;

    /// <summary>Whether the caller sees the whole sightings of a compartment in Full now, and did not at the place, or the other way round.</summary>
    public bool DiffersWhole(Compartment compartment) => SeesWhole(compartment) != SawWhole(compartment, before.At);

    /// <summary>What is lost of what assets join in a compartment of which whole sightings are not seen any more.</summary>
    public static Lost LostOfJoined(Compartment compartment) =>
        compartment.Kind == SightingKind.Positive ? Lost.Of(compartment.Jurisdiction) : default;

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

    // What was accepted under a later version was not there.
    private DisclosureLevel LevelBefore(Compartment compartment, ObservableType type) =>
        compartment.AudienceEpoch > _before.History.Number ? DisclosureLevel.None : _before.Decide(compartment, type, before.At);
}
