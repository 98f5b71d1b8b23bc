using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Releases;
using CrossBorderSoc.Tests.Unit.Consortium;
using CrossBorderSoc.Tests.Unit.Gateway;
using CrossBorderSoc.Tests.Unit.Intake;
using CrossBorderSoc.Tests.Unit.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Releases;

/// <summary>
/// After a cut, however long, the hub gets everything in pages of bounded size, one at a time; and while the lease on the policy is over nothing is
/// released, since nobody knows what was narrowed meanwhile.
/// </summary>
public sealed class ReleaserTests : IAsyncLifetime
{
    private const int Batches = 1_200;
    private const int Sightings = 16;
    private const int PageBytesMax = 1 << 20;
    private static readonly Home Be = new("BE");

    private readonly FakeGrid _policy = new();
    private readonly MemoryGridStore _store = new([Be]);
    private readonly CutHub _hub;
    private readonly Releaser _releaser;

    public ReleaserTests()
    {
        _hub = new(_store[Be].Identity.Id);
        var (tokens, lag) = (new NoTokens(), new ReleaseLag(_store));
        _releaser = new(
            _store, OneActor.Factory(_hub), _policy, tokens, lag, new(tokens, lag, NullLogger<SetBacks>.Instance), TimeProvider.System,
            NullLogger<Releaser>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _releaser.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _releaser.StopAsync(CancellationToken.None);
        _releaser.Dispose();
    }

    [Fact]
    public async Task AfterALongCut_TheHubGetsEverything_InBoundedPages_OneAtATime()
    {
        _hub.IsCut = true;
        for (var batch = 0; batch < Batches; batch++) await Take(batch);
        await Eventually.Holds(() => _hub.Asked > 2, "the hub is asked in vain");
        _hub.Releases.ShouldBeEmpty();

        _hub.IsCut = false;
        await Eventually.Holds(() => _hub.Position == _store[Be].Head, "the hub has everything");
        _hub.Releases.Count.ShouldBeGreaterThan(3);
        _hub.Releases.Sum(release => release.Statements!.Count).ShouldBe(Batches * Sightings);
        _hub.Releases.ShouldAllBe(release => release.Statements!.Content.Length <= PageBytesMax);
        _hub.MostAtOnce.ShouldBe(1);
        foreach (var release in _hub.Releases)
            (await BytesOf(release)).ShouldBeLessThanOrEqualTo(PageBytesMax, "what a page is read from is what it holds in memory");
    }

    [Fact]
    public async Task WithoutALease_NothingIsReleased()
    {
        await Take(0);
        await Eventually.Holds(() => _hub.Position == 1, "it is released under a lease");
        _policy.Current = null;
        await Take(1);
        await Eventually.StaysSo(() => _hub.Position == 1, "nothing is released without");
        _policy.Current = _policy.LastKnown;
        await Eventually.Holds(() => _hub.Position == 2, "it is released under the next");
    }

    private async Task Take(int batch) => await _store[Be].Commit(
        Pushed.Batch("nsoc.be", Enumerable.Range(batch * Sightings, Sightings).Select(Sighting)), Cancellation);

    private async Task<long> BytesOf(Release release)
    {
        long bytes = 0;
        for (var position = release.From + 1; position <= release.To; position++)
        {
            var record = (await _store[Be].ReadRecord(position, Cancellation))!;
            bytes += record.Header.Length + record.Preamble.Length + record.Items.Sum(item => item.Length);
        }
        return bytes;
    }

    // Each of a value of its own, and with words, so that nothing adds up.
    private static Sighting Sighting(int number) => Pushed.Sighting(number, $"198.51.{number / 256 % 256}.{number % 256}") with
    {
        Marking = new(Tlp.Green, Pap.Amber, Attribution.Named, [], null, null),
        Description = new string('x', 300),
    };

    private sealed class CutHub(Guid ledger) : IReleases
    {
        private int _atOnce;
        private int _asked;

        public volatile bool IsCut;

        public int Asked => Volatile.Read(ref _asked);

        public int MostAtOnce { get; private set; }

        public long Position { get; private set; }

        public List<Release> Releases { get; } = [];

        public ValueTask<AppliedRelease> Applied(CallerToken home)
        {
            MustBeThere();
            return new(new AppliedRelease(ledger, 1, Position));
        }

        public async ValueTask<AppliedRelease> Apply(CallerToken home, Release release)
        {
            MustBeThere();
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            await Task.Yield();
            release.From.ShouldBe(Position);
            Releases.Add(release);
            Position = release.To;
            Interlocked.Decrement(ref _atOnce);
            return new(ledger, 1, Position);
        }

        public ValueTask<DroppedRelease> Drop(CallerToken home, Guid ledgerId, int epoch, long survivor) => throw new NotSupportedException();

        private void MustBeThere()
        {
            Interlocked.Increment(ref _asked);
            if (IsCut) throw new TimeoutException();
        }
    }
}
