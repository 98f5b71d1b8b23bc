using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Intake;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Tests.Unit.Store;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>
/// A world's sightings taken in by the product's own write side: encoded as batches, prepared, committed in the owner's home, and
/// released to the hub. Only the disk is left out.
/// </summary>
internal sealed class TakenIn
{
    private const int BatchMax = 4;
    private readonly MemoryGridStore _stores;
    private readonly Dictionary<Guid, Compartment> _compartmentOf = [];
    private readonly Dictionary<Guid, (Home Home, long Position)> _placeOf = [];

    /// <param name="world">The world.</param>
    /// <param name="homes">The jurisdictions of the grid.</param>
    /// <param name="policies">By number of the model the policy as it then was.</param>
    /// <param name="releasesAtOnce">
    /// Whether each batch is released under the policy of its acceptance, as where the releaser has nothing to do; else all
    /// together under the newest.
    /// </param>
    public TakenIn(M.World world, IEnumerable<Home> homes, IReadOnlyList<PolicyHistory> policies, bool releasesAtOnce)
    {
        _stores = new(homes.Append(Home.Hub));
        Take(world, policies, releasesAtOnce);
    }

    /// <summary>Takes in what a later world holds beyond.</summary>
    public void Take(M.World world, IReadOnlyList<PolicyHistory> policies, bool releasesAtOnce)
    {
        // A record is of one instant of acceptance, and these rise.
        foreach (var batch in world.Sightings.Where(each => !each.Withdrawn && !_compartmentOf.ContainsKey(Guid.Parse(each.Id)))
            .GroupBy(each => (each.Owner, each.PolicyVersion, each.AcceptedAt)).OrderBy(group => group.Key.AcceptedAt)
            .SelectMany(group => group.Chunk(BatchMax)))
        {
            var policy = policies[batch[0].PolicyVersion];
            var home = new Home(world.JurisdictionOf(batch[0]));
            Commit(new(RecordOperation.Sightings, batch[0].Owner, home.Code, policy.Number,
                batch[0].AcceptedAt.ToUnixTimeMilliseconds()), batch);
            if (releasesAtOnce) Release(_stores[home], policy);
        }
        foreach (var home in _stores.Homes.Where(home => !home.IsHub)) Release(_stores[home], policies[^1]);
    }

    /// <summary>A home's ledger goes back, the hub drops what is gone, and what survived is released again. Gives what is gone, which may be taken
    /// in again.</summary>
    public IReadOnlySet<Guid> GoBack(Home home, long survivor, PolicyHistory policy)
    {
        _stores[home].GoBack(survivor);
        var (ledger, steps) = (_stores[home].Identity, 0);
        while (ReleaseDrop.IsDue(Done(_stores[Home.Hub].ReadWatermark(home, CancellationToken.None)), ledger))
        {
            if (++steps > 1_000) throw new InvalidOperationException("The drop does not end.");
            // Each by another: whoever begins anew goes on.
            Done(new ReleaseDrop(_stores[Home.Hub], Compartments).Step(home, ledger, survivor, CancellationToken.None));
        }
        Release(_stores[home], policy);
        var gone = _placeOf.Where(each => each.Value.Home == home && each.Value.Position > survivor).Select(each => each.Key).ToHashSet();
        foreach (var id in gone)
        {
            _placeOf.Remove(id);
            _compartmentOf.Remove(id);
        }
        return gone;
    }

    public IGridStore Stores => _stores;

    public CompartmentCache Compartments { get; } = new();

    /// <summary>The compartment into which the product put an accepted sighting.</summary>
    public Compartment CompartmentOf(M.Sightings.Sighting sighting) => _compartmentOf[Guid.Parse(sighting.Id)];

    private void Commit(in RecordHeader header, M.Sightings.Sighting[] sightings)
    {
        var prepared = BatchPreparation.Prepare(ModelBatch.Of(sightings), header);
        var receipt = Done(_stores[new(header.Jurisdiction)].Commit(prepared, CancellationToken.None));
        if (Array.Exists(receipt.Fates, fate => fate != ItemFate.Accepted))
            throw new InvalidOperationException("A new sighting was not accepted.");
        foreach (var item in prepared.Items)
        {
            var fragment = prepared.Fragments[item.FragmentStart];
            var bytes = prepared.FragmentContent.Span.Slice(fragment.Start, fragment.Length);
            _placeOf[item.Id] = (new(header.Jurisdiction), receipt.Position);
            _compartmentOf.Add(item.Id, Compartments.Get(new Fragment(bytes).Compartment));
        }
    }

    private void Release(MemoryHomeStore home, PolicyHistory policy)
    {
        var hub = _stores[Home.Hub];
        var applied = Done(hub.ReadWatermark(home.Home, CancellationToken.None)).Position;
        if (applied == home.Head) return;
        var records = Done(home.ReadLedger(applied, int.MaxValue, CancellationToken.None));
        var release = ReleaseBuilder.Build(home.Identity, applied, records, policy);
        var prepared = ReleasePreparation.Prepare(home.Home, release, appliedAt: 0);
        if (Done(hub.Apply(prepared, CancellationToken.None)).Position != home.Head)
            throw new InvalidOperationException("The hub did not take a release.");
    }

    // In memory everything is done at once.
    private static T Done<T>(ValueTask<T> task) => task.GetAwaiter().GetResult();
}
