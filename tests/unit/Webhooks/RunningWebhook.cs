using System.Security.Cryptography;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Tests.Unit.Gateway;
using CrossBorderSoc.Tests.Unit.Identity;
using CrossBorderSoc.Tests.Unit.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>A webhook of nsoc.be before a grid and a target that a test drives, on a clock that it drives, too.</summary>
internal sealed class RunningWebhook : IAsyncDisposable
{
    /// <summary>The secret, before base64.</summary>
    public static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static readonly Observable Gone = new(ObservableType.DomainName, "gone.example");

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Leap = TimeSpan.FromSeconds(1);

    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TempDirectory _folder = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly List<(Home Home, long Position, Changed Changed)> _changes = [];
    private WebhookRun? _run;
    private Task _running = Task.CompletedTask;

    public FakeGrid Grid { get; } = new();

    public FakeTimeProvider Time { get; } = new(TokenForge.Start);

    public MemoryWebhookFiles Files { get; } = new();

    public WebhookStatuses Statuses { get; } = new();

    public WebhookStatus Status => Statuses.All.SingleOrDefault() ?? new() { Name = "", Host = "" };

    public Task Running => _running;

    public string TokenPath => Path.Combine(_folder.Path, "token");

    public string SecretPath => Path.Combine(_folder.Path, "secret");

    public V1.WatchRequest Request { get; init; } = new();

    public int Attempts { get; init; } = 20;

    public RunningWebhook()
    {
        SetToken("nsoc.be");
        File.WriteAllText(SecretPath, "whsec_" + Convert.ToBase64String(Secret) + "\n");
        Grid.OnNow = () => Time.GetUtcNow().ToUnixTimeMilliseconds();
        Grid.OnChanges = Changes;
        Grid.OnIndicatorOf = (home, observable) => new(
            home.IsHub && observable != Gone
                ? IndicatorView.Empty with { TalliesByJurisdiction = [new("DE", SightingKind.Positive, new(1, 1, 1, 50))] }
                : IndicatorView.Empty,
            [], 1);
    }

    public void SetToken(string organisation) =>
        File.WriteAllText(TokenPath, TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", organisation))).Text);

    /// <summary>Says that observables changed, all in one step.</summary>
    public void Say(long position, params string[] names)
    {
        lock (_changes)
            foreach (var (i, name) in names.Index())
                _changes.Add((Home.Hub, position, new(100 * position + i, new(ObservableType.DomainName, name))));
    }

    /// <summary>Starts it from the cursor of its files.</summary>
    public void Start(Uri target, bool allowLoopback = true)
    {
        var plan = new WebhookPlan(
            "siem", target, new(AllowPrivate: false, allowLoopback), TokenPath, SecretPath, Request, Attempts, TimeSpan.FromHours(24));
        var verifier = new TokenVerifier(
            TokenClaims.DevelopmentIssuer, TokenForge.Keys(("issuer", _issuer)), new FakeTimeProvider(TokenForge.Start));
        var parts = new WebhookRunParts(
            Grid, new WatchTicks(Grid, Grid, Grid, Time), new(), Grid, Grid, new(() => WarninglistSet.Empty), new CallerGate(verifier, Grid), Files,
            Statuses, Time, NullLogger<WebhookRun>.Instance)
        {
            Chance = () => 0,
        };
        _run = new(plan, parts);
        _running = Task.Run(() => _run.Run(_ending.Token));
    }

    /// <summary>Lets time pass until a condition holds.</summary>
    public Task Until(Func<bool> condition, string expected) => Eventually.Holds(
        () =>
        {
            if (condition()) return true;
            Time.Advance(Statuses.All is [{ NextAttemptAt: not null }] ? Leap : Tick);
            return false;
        },
        expected);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _run?.Dispose();
        _ending.Dispose();
        _issuer.Dispose();
        await _folder.DisposeAsync();
    }

    private ChangePage Changes(Home home, ChangePlace? after)
    {
        if (after is not { } place) return new([], new(0, 0, 1), 0, IsTooMuch: false, IsBehind: false);
        lock (_changes)
        {
            var behind = _changes.Where(each => each.Home == home && each.Position > place.Position).ToList();
            var next = behind.Select(each => each.Position).DefaultIfEmpty(place.Position).Min();
            var changed = behind.Where(each => each.Position == next).Select(each => each.Changed).Order();
            return new([.. changed], new(next, 0, 1), next, IsTooMuch: false, IsBehind: false);
        }
    }
}
