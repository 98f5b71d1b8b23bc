using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>The contract on the embedded store.</summary>
public sealed class EmbeddedStoreTests : DropContract
{
    private readonly TempDirectory directory = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await directory.DisposeAsync();
    }

    protected override Task<IGridStore> Open() => Task.FromResult<IGridStore>(EmbeddedStore.Open(new EmbeddedStoreOptions
    {
        Directory = directory.Path,
        Homes = [Be, De, Home.Hub],
        Census = Census,
    }));

    protected override async Task Close(IGridStore store) => await ((EmbeddedStore)store).DisposeAsync();
}
