using System.Collections.Concurrent;
using CrossBorderSoc.Gateway.Errors;
using Microsoft.Extensions.Options;

namespace CrossBorderSoc.Gateway.Push;

/// <summary>What all push streams of this gateway share: the budget of bytes and the number of streams.</summary>
internal sealed class PushCapacity(IOptions<GatewayOptions> options)
{
    private readonly ConcurrentDictionary<string, Organisation> _organisations = new(StringComparer.Ordinal);
    private int _streams;

    /// <summary>The budget.</summary>
    public ByteBudget Budget { get; } = new(options.Value.PushBytes);

    /// <summary>Opens a stream of an organisation; dispose it when the stream ends.</summary>
    /// <exception cref="Grpc.Core.RpcException">RESOURCE_EXHAUSTED: it has too many, or UNAVAILABLE: all together have.</exception>
    public Stream Open(string organisation)
    {
        // One small entry for every organisation of the policy that ever pushed here; it is never removed.
        var held = _organisations.GetOrAdd(
            organisation, static (_, bytes) => new(new Share(bytes)), options.Value.PushOrganisationBytes);
        var (own, all) = (Interlocked.Increment(ref held.Streams), Interlocked.Increment(ref _streams));
        if (own <= options.Value.PushStreams && all <= options.Value.PushStreamsInAll) return new(this, held, options.Value);
        Leave(held);
        throw own > options.Value.PushStreams ? Refused.TooManyStreams(options.Value.PushStreams) : Refused.Unavailable();
    }

    private void Leave(Organisation organisation)
    {
        Interlocked.Decrement(ref organisation.Streams);
        Interlocked.Decrement(ref _streams);
    }

    /// <summary>One stream's part.</summary>
    public sealed class Stream : IDisposable
    {
        private readonly PushCapacity _capacity;
        private readonly Organisation _organisation;
        private readonly Share _share;

        internal Stream(PushCapacity capacity, Organisation organisation, GatewayOptions options)
        {
            (_capacity, _organisation) = (capacity, organisation);
            _share = new(options.PushStreamBytes);
        }

        /// <summary>Completes when there is room to read a batch of about so many bytes.</summary>
        public ValueTask Room(int bytes, CancellationToken cancellation) =>
            _capacity.Budget.Room(_organisation.Share, _share, bytes, cancellation);

        /// <summary>Takes bytes, at once or when they fit.</summary>
        public ValueTask Take(int bytes, CancellationToken cancellation) =>
            _capacity.Budget.Take(_organisation.Share, _share, bytes, cancellation);

        /// <summary>Gives them back.</summary>
        public void Return(int bytes) => _capacity.Budget.Return(_organisation.Share, _share, bytes);

        /// <inheritdoc/>
        public void Dispose() => _capacity.Leave(_organisation);
    }

    internal sealed class Organisation(Share share)
    {
        public int Streams;

        public Share Share => share;
    }
}
