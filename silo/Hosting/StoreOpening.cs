using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;
using CrossBorderSoc.Silo.Redis;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Opens a store of whichever kind, or says why it cannot be opened.</summary>
internal sealed class StoreOpening(
    TimeProvider time, CompartmentCache compartments, StoreDamage damage, StoreOutage outage, StoreNotices notices)
{
    /// <summary>Opens a store.</summary>
    /// <exception cref="StartRefusedException">It cannot be opened, or must not be used.</exception>
    public async ValueTask<IGridStore> Open(StoreSettings store)
    {
        try
        {
            return store.Place.Embedded is { } directory ? OpenEmbedded(store, directory) : await OpenRedis(store);
        }
        catch (Exception e) when (e is StoreDamagedException or StoreRefusedException or StoreUnavailableException or IOException
            or UnauthorizedAccessException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    private EmbeddedStore OpenEmbedded(StoreSettings store, string directory) => EmbeddedStore.Open(new()
    {
        Directory = directory,
        Homes = store.Homes,
        Time = time,
        Census = new LedgerMarkingCensus(compartments),
        OnDamage = damage.Found,
        OnOutage = reason => outage.Changed(directory, reason),
    });

    private async ValueTask<IGridStore> OpenRedis(StoreSettings store) => await RedisStore.Open(new()
    {
        Servers = store.Homes.ToDictionary(home => home, _ => store.Place.Redis!),
        AcceptWeakDurability = store.Place.Accepts,
        Time = time,
        Census = new LedgerMarkingCensus(compartments),
        OnSetBack = damage.WentBack,
        OnOutage = reason => outage.Changed(string.Join(',', store.Homes), reason),
        OnNotice = notices.Add,
    });
}
