using System.Collections.Concurrent;
using System.Reflection;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Ledger;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>A store that counts what is asked of it, by the name of the member.</summary>
internal sealed class CountingStore(IGridStore store) : IGridStore
{
    public ConcurrentDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Home> Homes => store.Homes;

    public IHomeStore this[Home home]
    {
        get
        {
            var counting = DispatchProxy.Create<IHomeStore, Counting>();
            ((Counting)counting).Through(store[home], Calls);
            return counting;
        }
    }

    public class Counting : DispatchProxy
    {
        private IHomeStore _store = null!;
        private ConcurrentDictionary<string, int> _calls = null!;

        internal void Through(IHomeStore store, ConcurrentDictionary<string, int> calls) => (_store, _calls) = (store, calls);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _calls.AddOrUpdate(targetMethod!.Name, 1, (_, known) => known + 1);
            return targetMethod.Invoke(_store, args);
        }
    }
}
