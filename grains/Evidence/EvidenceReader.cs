using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Grains.Evidence;

/// <summary>
/// Reads the sightings behind a value, page by page, each in the form disclosed to the asker. Nothing is kept: an evidence answer
/// is read for each answer and decided where the evidence lives. A page is chosen from all of the value's rows, since the order of
/// evidence is not that of acceptance; rows say enough to pass over most sightings without reading their records.
/// </summary>
public sealed class EvidenceReader(IGridStore stores, CompartmentCache compartments) : IDisposable
{
    private const int RowsPerTurn = 16;

    // Turns are short, so a long selection delays a short one by a turn, and all of them together leave the node its threads.
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The page that follows a place; null for the first. Runs beside the calling actor, not in its turn.</summary>
    /// <param name="home">Whose evidence.</param>
    /// <param name="observable">The value.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">Most sightings.</param>
    /// <param name="mayStillBeTold">Whether the answer's instant still holds: what nobody can be told is not looked for.</param>
    /// <exception cref="ArgumentException">The home is the hub, or the limit is out of its range.</exception>
    /// <exception cref="GridUnavailableException">The store cannot be read, or it took too long.</exception>
    public async ValueTask<EvidencePage> Page(
        Home home, Observable observable, Asker asker, EvidencePlace? after, int limit, Func<bool> mayStillBeTold)
    {
        if (home.IsHub) throw new ArgumentException("The hub has no evidence.", nameof(home));
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Bounds.EvidenceSightingsMax);
        var selection = new EvidenceSelection(after, limit, Bounds.EvidencePageBytesMax);
        try
        {
            await Task.Run(() => Select(selection, new(stores[home], compartments, observable, asker), mayStillBeTold));
        }
        catch (StoreUnavailableException e)
        {
            throw new GridUnavailableException("The store cannot be read now.", e);
        }
        var (sightings, next) = selection.Take();
        return new(sightings, next, asker.PolicyVersion);
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task Select(EvidenceSelection selection, EvidenceRows rows, Func<bool> mayStillBeTold)
    {
        for (var isMore = true; isMore;)
        {
            await _turns.WaitAsync();
            try
            {
                if (!mayStillBeTold()) throw new GridUnavailableException("The evidence took too long to find.");
                isMore = await rows.OfferNext(selection, RowsPerTurn);
            }
            finally
            {
                _turns.Release();
            }
        }
    }
}
