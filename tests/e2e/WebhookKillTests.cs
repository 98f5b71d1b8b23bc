using CrossBorderSoc.Client.Pushing;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>
/// SIGKILL between deliveries of a webhook, before the target's answer and after it: no change is missed, and no TLP:RED is told, though the
/// webhook is its owner's. Rounds: <c>SOCGRID_WEBHOOK_KILL_RUNS</c> (4 by default).
/// </summary>
public sealed class WebhookKillTests(ITestOutputHelper output)
{
    private const string Owner = "nsoc.be";
    private const int BatchSightings = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Timestamp _day = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddHours(-3));

    [Fact]
    public async Task Webhook_OverKillsBetweenDeliveries_MissesNoChange_AndTellsNoRed()
    {
        var runs = int.Parse(Environment.GetEnvironmentVariable("SOCGRID_WEBHOOK_KILL_RUNS") ?? "4");
        using var folder = new TempFolder();
        using var target = new WebhookReceiver();
        var (at, sent) = (Addresses(folder, target), 0);
        for (var run = 0; run < runs; run++)
        {
            await using var node = await NodeProcess.StartAt(folder.Path, at, ["--consortium", Repository.RealStream]);
            // It begins from now on: what is pushed later is its.
            if (run == 0) await Eventually.Holds(() => Holds(node, "\"watching\""), "the webhook has begun", Patience);
            var isAnswered = run % 2 == 1;
            var (isKilled, deliveries) = (new TaskCompletionSource(), target.Deliveries);
            target.OnDelivery = async () =>
            {
                if (!isAnswered) await node.Kill();
                isKilled.TrySetResult();
                return isAnswered;
            };
            sent += BatchSightings;
            using var pushing = new CancellationTokenSource();
            var push = Push(node, sent, pushing.Token);
            await isKilled.Task.WaitAsync(Patience);
            await pushing.CancelAsync();
            // What was not acknowledged by then, the next round sends again.
            await push.ContinueWith(_ => { }, TaskScheduler.Default);
            target.OnDelivery = () => Task.FromResult(true);
            await node.Kill();
            target.Deliveries.ShouldBeGreaterThan(deliveries);
        }
        await using var last = await NodeProcess.StartAt(folder.Path, at, ["--consortium", Repository.RealStream]);
        sent += BatchSightings;
        (await Push(last, sent, CancellationToken.None)).Failure.ShouldBeNull();
        var expected = Enumerable.Range(0, sent).Where(number => !IsRed(number)).GroupBy(Value)
            .ToDictionary(group => group.Key, group => (ulong)group.Count());
        await Eventually.Holds(
            () => Task.FromResult(expected.All(each => target.Told.GetValueOrDefault(each.Key) == each.Value)), "all is told", Patience);
        target.Told.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        target.BadSignatures.ShouldBe(0);
        output.WriteLine($"{sent} sightings, {expected.Count} values, {runs} kills, {target.Deliveries} deliveries");
        await IsToldToTheOperator(last, target);
    }

    private static async Task IsToldToTheOperator(NodeProcess node, WebhookReceiver target)
    {
        using var http = new HttpClient();
        var told = await http.GetStringAsync(node.At.Operator + "/health/webhooks");
        told.ShouldStartWith("{\"webhooks\":[{\"name\":\"siem\",\"host\":\"127.0.0.1\",\"state\":\"watching\"");
        told.ShouldNotContain("secret");
        told.ShouldNotContain(target.SecretText);
        (await http.GetAsync(node.Http + "/health/webhooks")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private static async Task<bool> Holds(NodeProcess node, string text)
    {
        using var http = new HttpClient();
        return (await http.GetStringAsync(node.At.Operator + "/health/webhooks")).Contains(text, StringComparison.Ordinal);
    }

    private static NodeAddresses Addresses(TempFolder folder, WebhookReceiver target)
    {
        var secret = Path.Combine(folder.Path, "webhook.secret");
        File.WriteAllText(secret, target.SecretText);
        const string hook = "Gateway__Webhooks__Hooks__0__";
        return NodeAddresses.Free() with
        {
            Settings = new Dictionary<string, string>
            {
                ["Gateway__Webhooks__Targets__0__Host"] = "127.0.0.1",
                [hook + "Name"] = "siem",
                [hook + "Url"] = target.Url,
                [hook + "Token"] = Path.Combine(folder.Path, "dev", "tokens", Owner + ".jwt"),
                [hook + "Secret"] = secret,
            },
        };
    }

    private async Task<PushResult> Push(NodeProcess node, int upTo, CancellationToken cancellation)
    {
        using var grid = node.Connect();
        return await new PushClient(grid.Invoker, node.TokenOf(Owner), new(), TimeProvider.System).PushAsync(
            Enumerable.Range(0, upTo).Select(number => new NumberedSighting(number + 1, Make(number))).ToAsyncEnumerable(),
            observer: null, cancellation);
    }

    private Sighting Make(int number)
    {
        Span<byte> id = stackalloc byte[16];
        BitConverter.TryWriteBytes(id, number + 1);
        return new()
        {
            Id = new Guid(id).ToString(),
            Observables = { new Observable { Type = "domain-name", Value = Value(number) } },
            FirstSeen = _day,
            LastSeen = _day,
            Count = 1,
            Kind = Kind.Positive,
            Marking = new() { Tlp = IsRed(number) ? Tlp.Red : Tlp.AmberStrict, Pap = Pap.Clear },
        };
    }

    private static bool IsRed(int number) => number % 3 == 0;

    // Of each value a sighting that is RED, which adds nothing; a third of the values are RED alone.
    private static string Value(int number) => number % 9 == 0 ? $"red-{number}.webhook.example" : $"v{number / 3}.webhook.example";
}
