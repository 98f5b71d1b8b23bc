using System.Text.Json;
using CrossBorderSoc.Contracts.Views;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>A webhook tells its target of each change at least once, in order, through a feed; the cursor moves behind what was taken.</summary>
public sealed class WebhookRunTests
{
    [Fact]
    public async Task Changes_AreToldInOrder_SignedAndThroughAFeed()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        webhook.Start(target.Url);
        await webhook.Until(() => webhook.Files.Cursor is not null, "it begins at a place that is on disk");
        webhook.Say(1, "one.example", "gone.example", "two.example");
        webhook.Say(2, "three.example");
        await webhook.Until(() => target.All.Sum(each => each.Delivery.Changes.Count) == 4, "all is told");
        target.All.SelectMany(each => each.Told).ShouldBe(["one.example", "gone gone.example", "two.example", "three.example"]);
        target.All.ShouldAllBe(each => each.Delivery.Changes.All(change => change.Cursor.Length == 0));
        foreach (var each in target.All)
            StandardWebhooks.Verify(RunningWebhook.Secret, each, webhook.Time.GetUtcNow()).ShouldBeTrue();
        target.All.Select(each => each.Id).ShouldBeUnique();
        webhook.Grid.Outlets.ShouldNotBeEmpty();
        webhook.Grid.Outlets.ShouldAllBe(outlet => outlet == Outlet.Feed);
    }

    [Fact]
    public async Task Cursor_MovesOnlyAfterTheTargetHasAnswered()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        target.OnReceived = (_, _) => answer.Task;
        webhook.Start(target.Url);
        await webhook.Until(() => webhook.Files.Cursor is not null, "it begins");
        var start = webhook.Files.Cursor;
        webhook.Say(1, "one.example");
        await webhook.Until(() => !target.All.IsEmpty, "the delivery is on its way");
        await Eventually.StaysSo(() => webhook.Files.Cursor == start, "the cursor stays");
        answer.SetResult();
        await webhook.Until(() => webhook.Files.Cursor != start, "the cursor moves");
        target.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_GoesOnAtTheCursor_AndMissesNothing()
    {
        await using var target = await Receiver.Start();
        await using var first = new RunningWebhook();
        first.Start(target.Url);
        first.Say(1, "one.example");
        await first.Until(() => first.Files.Saved.Count == 2, "the first is told");
        await using var second = new RunningWebhook { Files = { Cursor = first.Files.Cursor } };
        second.Say(1, "one.example");
        second.Say(2, "two.example");
        second.Start(target.Url);
        await second.Until(() => target.All.Count == 2, "it goes on");
        target.All.Last().Told.ShouldBe(["two.example"]);
    }

    [Fact]
    public async Task Failure_IsTriedAgainAfterAWhile_AsTheSameDelivery()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        target.Answer(503, 302, 500);
        webhook.Start(target.Url);
        webhook.Say(1, "one.example");
        await webhook.Until(() => webhook.Files.Saved.Count == 2, "the fourth is taken");
        target.All.Count.ShouldBe(4);
        target.All.ShouldAllBe(each => each.Id == target.All.First().Id && each.Body.SequenceEqual(target.All.First().Body));
        var times = target.All.Select(each => each.Timestamp).ToList();
        times.Zip(times.Skip(1), (one, next) => next - one).Zip([1L, 2, 4]).ShouldAllBe(wait => wait.First >= wait.Second);
        webhook.Status.ShouldSatisfyAllConditions(
            status => status.State.ShouldBe("watching"), status => status.Problem.ShouldBeNull(), status => status.FailedAttempts.ShouldBe(0),
            status => status.Deliveries.ShouldBe(1), status => status.Changes.ShouldBe(1));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        target.OnReceived = (received, response) =>
        {
            response.StatusCode = received.Path == "/hook" ? StatusCodes.Status307TemporaryRedirect : StatusCodes.Status204NoContent;
            response.Headers.Location = target.Url + "/elsewhere";
            return Task.CompletedTask;
        };
        webhook.Start(target.Url);
        webhook.Say(1, "one.example");
        await webhook.Until(() => target.All.Count >= 3, "it is tried again");
        target.All.ShouldAllBe(each => each.Path == "/hook");
        webhook.Status.Problem.ShouldBe("HTTP 307");
        webhook.Files.Saved.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WhatTheTargetTook_IsNotToldAgain_WhenTheNextDeliveryFails()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        target.Answer(204, 500, 500);
        webhook.Start(target.Url);
        var names = Enumerable.Range(0, 250).Select(i => $"n{i:d3}.example").ToArray();
        webhook.Say(1, names);
        await webhook.Until(() => webhook.Files.Saved.Count == 2, "all is told");
        target.All.Select(each => each.Delivery.Changes.Count).ShouldBe([100, 100, 100, 100, 50]);
        target.All.DistinctBy(each => each.Id).SelectMany(each => each.Told).ShouldBe(names);
    }

    [Fact]
    public async Task Delivery_ThatFailsTooOften_IsADeadLetterWithoutItsContent_AndTheNextIsTold()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook { Attempts = 3 };
        target.Answer(503, 503, 503);
        webhook.Start(target.Url);
        await webhook.Until(() => webhook.Files.Cursor is not null, "it begins");
        var start = webhook.Files.Cursor;
        webhook.Say(1, "one.example");
        await webhook.Until(() => webhook.Files.Saved.Count == 2, "it goes on");
        webhook.Say(2, "two.example");
        await webhook.Until(() => webhook.Files.Saved.Count == 3, "the next is told");
        target.All.Select(each => each.Told.Single()).ShouldBe(["one.example", "one.example", "one.example", "two.example"]);
        var line = webhook.Files.DeadLetters.Single();
        line.ShouldNotContain("one.example");
        var letter = JsonDocument.Parse(line).RootElement;
        letter.GetProperty("webhook_id").GetString().ShouldBe(target.All.First().Id);
        letter.GetProperty("attempts").GetInt32().ShouldBe(3);
        letter.GetProperty("problem").GetString().ShouldBe("HTTP 503");
        letter.GetProperty("cursor").GetString().ShouldBe(start, "from there it can be told again");
        webhook.Status.DeadLetters.ShouldBe(1);
    }

    [Fact]
    public async Task Target_ThatIsGone_GetsNothingMore_AndTheCursorStays()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        target.Answer(410);
        webhook.Start(target.Url);
        webhook.Say(1, "one.example");
        await webhook.Until(() => webhook.Running.IsCompletedSuccessfully, "it ends");
        target.All.Count.ShouldBe(1);
        webhook.Files.Saved.Count.ShouldBe(1);
        webhook.Status.State.ShouldBe("disabled");
    }

    [Fact]
    public async Task Address_ThatIsNotAllowed_IsNeverConnectedTo()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        webhook.Start(target.Url, allowLoopback: false);
        webhook.Say(1, "one.example");
        await webhook.Until(() => webhook.Status.FailedAttempts >= 2, "it fails");
        webhook.Status.Problem.ShouldBe("ADDRESS_NOT_ALLOWED");
        target.All.ShouldBeEmpty();
    }
}
