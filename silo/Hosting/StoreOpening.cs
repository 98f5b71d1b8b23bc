using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Opens the embedded store, or says why it cannot be opened.</summary>
internal static class StoreOpening
{
    public static EmbeddedStore Open(
        string directory, IReadOnlyCollection<Home> homes, TimeProvider time, CompartmentCache compartments, StoreDamage damage, StoreOutage outage)
    {
        try
        {
            return EmbeddedStore.Open(new()
            {
                Directory = directory,
                Homes = homes,
                Time = time,
                Census = new LedgerMarkingCensus(compartments),
                OnDamage = damage.Found,
                OnOutage = reason => outage.Changed(directory, reason),
            });
        }
        catch (Exception e) when (e is StoreDamagedException or StoreRefusedException or StoreUnavailableException or IOException
            or UnauthorizedAccessException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }
}
