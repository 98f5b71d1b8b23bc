using System.Globalization;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Grains.Identity;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Tests.Bench.Traffic;

namespace CrossBorderSoc.Tests.Bench.Serving;

/// <summary>What an activation takes of the managed heap: bare, of a jurisdiction's indicator, of the hub's, and asleep.</summary>
internal sealed class ActorMemory(IServiceProvider services, DevelopmentIdentities identities)
{
    private const int CallsAtOnce = 32;

    private readonly IGrainFactory _grains = services.GetRequiredService<IGrainFactory>();
    private readonly IPolicyReplica _policy = services.GetRequiredService<IPolicyReplica>();
    private readonly ActorKeyring _keys = services.GetRequiredService<ActorKeyring>();

    /// <summary>
    /// Asked with owner, number of the first value and number of values. The first half of them wakes and sleeps before, so that
    /// code and what has a fixed bound (caches, tables that keep their size) are not counted. Answers bytes per activation of
    /// the second half: bare, national, hub, and what is left of all of them once they sleep.
    /// </summary>
    public async Task<string> Measure(string arguments)
    {
        var parts = arguments.Split(' ');
        var owner = BenchData.Find().OrganisationOf(parts[0]);
        var first = ulong.Parse(parts[1], CultureInfo.InvariantCulture);
        var count = int.Parse(parts[2], CultureInfo.InvariantCulture) / 2;
        var token = identities.ForOrganisation(owner.Id);
        var home = new Home(owner.Jurisdiction);
        await Activate(home, first, count, token);
        await Asleep();
        var before = Heap();
        var (bare, national, hub) = await Activate(home, first + (ulong)count, count, token);
        await Asleep();
        var left = (Heap() - before) / (double)count;
        return string.Create(CultureInfo.InvariantCulture, $"{bare:f0} {national:f0} {hub:f0} {left:f0}");
    }

    private async Task<(double Bare, double National, double Hub)> Activate(Home home, ulong first, int count, CallerToken token)
    {
        var values = Enumerable.Range(0, count).Select(i => SyntheticObservable(first + (ulong)i)).ToArray();
        var bare = await PerActor(values, v =>
            _grains.GetGrain<IBareIndicator>(_keys.KeyOf(home, Digest.Of(v))).Wake(token).AsTask());
        var national = await PerActor(values, v =>
            _grains.GetGrain<INationalIndicator>(_keys.KeyOf(home, Digest.Of(v))).Disclose(Question(token), v).AsTask());
        var hub = await PerActor(values, v =>
            _grains.GetGrain<IIndicator>(_keys.KeyOf(Home.Hub, Digest.Of(v))).Disclose(Question(token), v).AsTask());
        return (bare, national, hub);
    }

    private Question Question(CallerToken token) => new(token, _policy.Now);

    private static Observable SyntheticObservable(ulong number) =>
        new(ObservableType.DomainName, SyntheticValue.Text(SyntheticValue.DomainName, number));

    private static async Task<double> PerActor(Observable[] values, Func<Observable, Task> call)
    {
        var before = Heap();
        await Parallel.ForEachAsync(
            values, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce }, async (value, _) => await call(value));
        return (Heap() - before) / (double)values.Length;
    }

    private async Task Asleep() =>
        await _grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
