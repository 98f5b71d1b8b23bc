using System.Net;
using System.Text;
using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Silo.Webhooks;
using CrossBorderSoc.Tests.Unit.Identity;
using CrossBorderSoc.Tests.Unit.Store;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>Signature, addresses, waits and files, each by itself.</summary>
public sealed class WebhookPartsTests
{
    [Fact]
    public void Signature_OfTheSpecificationsExample_IsTheSpecifications() =>
        WebhookSignature.Of(
                [Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330,
                Encoding.UTF8.GetBytes("{\"test\": 2432232314}"))
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Signature_CoversIdentifierTimestampAndBody_AndOfSeveralSecretsEachVerifies()
    {
        byte[] old = [.. RunningWebhook.Secret.Reverse()];
        var at = TokenForge.Start;
        var body = "{ \"changes\": [  ] }"u8.ToArray();
        var signature = WebhookSignature.Of([old, RunningWebhook.Secret], "msg_1", at.ToUnixTimeSeconds(), body);
        var received = new Received("/", "msg_1", at.ToUnixTimeSeconds(), signature, body);
        StandardWebhooks.Verify(old, received, at).ShouldBeTrue();
        StandardWebhooks.Verify(RunningWebhook.Secret, received, at).ShouldBeTrue();
        StandardWebhooks.Verify(RunningWebhook.Secret, received with { Timestamp = received.Timestamp + 1 }, at).ShouldBeFalse();
        StandardWebhooks.Verify(RunningWebhook.Secret, received with { Id = "msg_2" }, at).ShouldBeFalse();
        StandardWebhooks.Verify(RunningWebhook.Secret, received with { Body = "{ }"u8.ToArray() }, at).ShouldBeFalse();
    }

    [Theory]
    [InlineData("93.184.215.14", true, true)]
    [InlineData("2a00:1450:4001:80b::200e", true, true)]
    [InlineData("::ffff:93.184.215.14", true, true)]
    [InlineData("10.1.2.3", false, true)]
    [InlineData("172.31.255.255", false, true)]
    [InlineData("172.32.0.0", true, true)]
    [InlineData("192.168.0.1", false, true)]
    [InlineData("::ffff:192.168.0.1", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("fd00::1", false, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("127.9.9.9", false, false)]
    [InlineData("::1", false, false)]
    [InlineData("::ffff:127.0.0.1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("64:ff9b::a9fe:a9fe", false, false)]
    [InlineData("2002:a9fe:a9fe::1", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("ff02::1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("192.0.2.1", false, false)]
    [InlineData("2001:db8::1", false, false)]
    public void Addresses_ArePublic_OrPrivateWhereTheHostMayBe(string text, bool byDefault, bool withPrivate)
    {
        var address = IPAddress.Parse(text);
        new TargetAddresses(AllowPrivate: false, AllowLoopback: false).Allow(address).ShouldBe(byDefault);
        new TargetAddresses(AllowPrivate: true, AllowLoopback: false).Allow(address).ShouldBe(withPrivate);
    }

    [Fact]
    public void Waits_Double_UpToTenMinutes_AndChanceTakesUpToHalf()
    {
        var schedule = new RetrySchedule(100, TimeSpan.FromHours(99), () => 0, new FakeTimeProvider());
        Enumerable.Range(0, 12).Select(_ => schedule.Failed(asked: null)!.Value.TotalSeconds)
            .ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        schedule.Reset();
        schedule.Failed(asked: null).ShouldBe(TimeSpan.FromSeconds(1));
        new RetrySchedule(9, TimeSpan.FromHours(1), () => 1, new FakeTimeProvider()).Failed(asked: null).ShouldBe(TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(1_000_000, 3_600)]
    public void Wait_ThatTheTargetAsksFor_IsKept_WithinAnHour(int asked, int seconds) =>
        new RetrySchedule(9, TimeSpan.FromHours(9), () => 0, new FakeTimeProvider()).Failed(TimeSpan.FromSeconds(asked))
            .ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Delivery_IsGivenUp_AfterSoManyAttemptsOrSoLong()
    {
        var time = new FakeTimeProvider();
        var byAttempts = new RetrySchedule(3, TimeSpan.FromHours(1), () => 0, time);
        Enumerable.Range(0, 3).Select(_ => byAttempts.Failed(null) is null).ShouldBe([false, false, true]);
        var byAge = new RetrySchedule(100, TimeSpan.FromHours(1), () => 0, time);
        byAge.Failed(null).ShouldNotBeNull();
        time.Advance(TimeSpan.FromMinutes(59));
        byAge.Failed(null).ShouldNotBeNull();
        time.Advance(TimeSpan.FromMinutes(1));
        byAge.Failed(null).ShouldBeNull();
    }

    [Fact]
    public async Task Files_AreThePrivateOnesOfTheNode_WholeAndBounded()
    {
        await using var folder = new TempDirectory();
        var directory = Path.Combine(folder.Path, "webhooks");
        var files = new WebhookFiles(directory);
        files.ReadCursor("siem").ShouldBeNull();
        files.SaveCursor("siem", "first");
        files.SaveCursor("siem", "second");
        new WebhookFiles(directory).ReadCursor("siem").ShouldBe("second");
        files.ReadCursor("other").ShouldBeNull();

        var line = new string('x', 300_000);
        for (var i = 0; i < 10; i++) files.AddDeadLetter("siem", i + line);
        var (old, present) = (await Lines("siem.dead.1.ndjson"), await Lines("siem.dead.ndjson"));
        old.Concat(present).Select(each => each[0]).ShouldBe("456789".Skip(6 - old.Length - present.Length), "the newest stay");
        present[^1][0].ShouldBe('9');
        foreach (var file in Directory.GetFiles(directory))
        {
            new FileInfo(file).Length.ShouldBeLessThanOrEqualTo(WebhookFiles.DeadLettersBytesMax);
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Task<string[]> Lines(string name) => File.ReadAllLinesAsync(Path.Combine(directory, name));
    }
}
