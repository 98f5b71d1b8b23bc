using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Evidence;

/// <summary>
/// Reads the sightings behind a value, page by page, the most recently accepted first, each in the form disclosed to the
/// asker. Nothing is kept: an evidence answer is read for each answer and decided where the evidence lives.
/// </summary>
public sealed class EvidenceReader(IGridStore stores, CompartmentCache compartments)
{
    private const int RowsPerPage = 64;

    /// <summary>The page of rows below a position.</summary>
    public async ValueTask<EvidencePage> Page(Home home, ObservableType type, Digest subject, Asker asker, long before)
    {
        try
        {
            var rows = await stores[home].ReadRowsBackwards(
                SubjectFamily.Indicator, subject, before, RowsPerPage, CancellationToken.None);
            var sightings = ImmutableArray.CreateBuilder<DisclosedSighting>();
            foreach (var row in rows)
                for (var i = row.Fragments.Count - 1; i >= 0; i--)
                    await Add(sightings, stores[home], row.Fragments[i], type, asker);
            return new(sightings.ToImmutable(), rows.Count < RowsPerPage ? 0 : rows[^1].Position, asker.PolicyVersion);
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
    }

    private async ValueTask Add(
        ImmutableArray<DisclosedSighting>.Builder to, IHomeStore store, RowFragment row, ObservableType type, Asker asker)
    {
        var compartment = compartments.Get(new Fragment(row.Content.Span).Compartment);
        // Retention takes evidence away and leaves the tallies: then there is nothing left to show here.
        if (await store.ReadRecord(row.RecordPosition, CancellationToken.None) is not { } record) return;
        var index = new Fragment(row.Content.Span).ItemIndex;
        var sighting = new SightingItem(record.Items[index].Span).ToSighting(SightingItem.ReadMarkings(record.Preamble.Span));
        if (SightingDisclosure.Apply(sighting, type, compartment, asker.Clearance, asker.At) is { } disclosed) to.Add(disclosed);
    }
}
