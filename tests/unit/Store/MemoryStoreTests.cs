using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>The contract on the store in memory, so that what is shown on it holds for the others.</summary>
public sealed class MemoryStoreTests : GridStoreContract
{
    private readonly MemoryGridStore _store = new([Be, De, Home.Hub]);

    protected override Task<IGridStore> Open() => Task.FromResult<IGridStore>(_store);

    protected override Task Close(IGridStore store) => Task.CompletedTask;
}
