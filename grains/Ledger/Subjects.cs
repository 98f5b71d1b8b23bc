using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Placement;

namespace CrossBorderSoc.Grains.Ledger;

/// <summary>Connects an actor with the rows of its subject.</summary>
public sealed class Subjects(IGridStore stores, ActorKeyring keys, CompartmentCache compartments)
{
    /// <summary>The key of the actor of a subject in a carried home.</summary>
    public string KeyOf(Home home, in Digest subject) => keys.KeyOf(home, subject);

    /// <summary>The key of the incident that an observable names; at the hub only.</summary>
    public string IncidentKeyOf(in Observable observable) => keys.IncidentKeyOf(Digest.Of(observable));

    /// <summary>The subject, if the actor's key is its key; otherwise somebody asks one actor about another's subject.</summary>
    public Digest Guard(Grain actor, in Digest subject) =>
        keys.KeyOf(actor.HomeOfKey(), subject) == actor.GetPrimaryKeyString()
            ? subject
            : throw new CallerRefusedException("The actor is not that of the subject.");

    /// <summary>Whether anything was ever said of an observable in a home, hidden or not: for the home itself, which tells nobody.</summary>
    /// <exception cref="GridUnavailableException">The store cannot be read.</exception>
    public async ValueTask<bool> IsKnown(Home home, Digest subject, CancellationToken cancellation)
    {
        try
        {
            // In this order: a snapshot takes the rows' place.
            return (await stores[home].ReadRows(SubjectFamily.Indicator, subject, 0, 1, cancellation)).Count > 0
                || await stores[home].ReadSnapshot(SubjectFamily.Indicator, subject, cancellation) is not null;
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    /// <summary>All that a home knows of a subject, as a snapshot; stored, too, when many rows had to be folded for it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<Snapshot> Snapshot(Home home, in SubjectName subject, CancellationToken cancellation) =>
        subject.Family switch
        {
            SubjectFamily.Indicator or SubjectFamily.Joined =>
                Fold<IndicatorTally>(home, subject.Family, subject.Digest).RefreshSnapshot(cancellation),
            SubjectFamily.Asset => Fold<AssetTally>(home, subject.Family, subject.Digest).RefreshSnapshot(cancellation),
            _ => Fold<TrendTally>(home, subject.Family, subject.Digest).RefreshSnapshot(cancellation),
        };

    /// <summary>What has gone, or goes when all records up to a position do, of a subject of a home.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<Snapshot?> Retired(Home home, in SubjectName subject, long through, CancellationToken cancellation) =>
        subject.Family switch
        {
            SubjectFamily.Indicator or SubjectFamily.Joined =>
                Fold<IndicatorTally>(home, subject.Family, subject.Digest).FoldRetired(through, cancellation),
            SubjectFamily.Asset => Fold<AssetTally>(home, subject.Family, subject.Digest).FoldRetired(through, cancellation),
            _ => Fold<TrendTally>(home, subject.Family, subject.Digest).FoldRetired(through, cancellation),
        };

    /// <summary>A fold that knows nothing yet.</summary>
    public SubjectFold<T> Fold<T>(Home home, SubjectFamily family, in Digest subject) where T : class, IKnowledge<T>, new() =>
        new(stores[home], family, subject, compartments);
}
