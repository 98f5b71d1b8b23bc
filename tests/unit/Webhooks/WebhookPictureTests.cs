using System.Buffers.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Watching;
using CrossBorderSoc.Tests.Unit.Gateway;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>Whose picture a webhook tells, and that nothing leads from a feed to more than a feed may tell.</summary>
public sealed class WebhookPictureTests
{
    private static readonly Caller Asking = new(new("token"), Samples.Policy.Newest!.Find("nsoc.be")!, Samples.Policy.Newest!);
    private static readonly Caller Feeding = Asking with { Outlet = Outlet.Feed };

    [Fact]
    public void Cursors_OfAFeedAndOfItsOrganisation_AreNotOneAnothers()
    {
        var request = new V1.WatchRequest { Incidents = true };
        var (asked, fed) = (WatchRequests.Read(request, Asking), WatchRequests.Read(request, Feeding));
        var place = new WatchPlace(7, 8, 9, 1);
        WatchPlace.Read(place.ToBytes(fed.PurposeUnder(1)), fed.Purpose).ShouldBe(place);
        WatchPlace.Read(place.ToBytes(fed.PurposeUnder(1)), asked.Purpose).ShouldBeNull();
        WatchPlace.Read(place.ToBytes(asked.PurposeUnder(1)), fed.Purpose).ShouldBeNull();
    }

    [Fact]
    public async Task Ticks_OfAFeedAndOfItsOrganisation_AskEachForItself()
    {
        var grid = new FakeGrid();
        var (ticks, classes) = (new WatchTicks(grid, grid, grid, TimeProvider.System), new WatchClasses());
        var tick = ticks.Present;
        foreach (var caller in new[] { Asking, Feeding, Asking, Feeding })
        {
            var watches = classes.Join(caller, WatchRequests.Read(new(), caller));
            await ticks.Move(tick, watches, new(0, 0, Samples.Now, 1), ofJoined: true);
        }
        // The ends of two ledgers and two steps, once for each.
        grid.Outlets.Order().ShouldBe([.. Enumerable.Repeat(Outlet.Call, 4), .. Enumerable.Repeat(Outlet.Feed, 4)]);
    }

    [Fact]
    public async Task Cursor_OfAnotherPicture_MakesTheTargetListAgain_AndGoesOnFromThere()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        var purpose = WatchRequests.Read(webhook.Request, Asking).PurposeUnder(1);
        webhook.Files.Cursor = Base64Url.EncodeToString(new WatchPlace(5, 5, 5, 1).ToBytes(purpose));
        target.Answer(500);
        webhook.Start(target.Url);
        await webhook.Until(() => !webhook.Files.Saved.IsEmpty, "it begins anew");
        webhook.Say(1, "one.example");
        await webhook.Until(() => target.All.Count == 3, "it goes on");
        target.All.Select(each => each.Told.Single()).ShouldBe(["ListAgain", "ListAgain", "one.example"]);
    }

    [Fact]
    public async Task Token_ThatIsReplaced_IsReadAgain_AndAnotherOrganisationsPictureBeginsAnew()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        webhook.Start(target.Url);
        await webhook.Until(() => webhook.Files.Cursor is not null, "it begins");
        File.WriteAllText(webhook.TokenPath, "no token");
        await webhook.Until(() => webhook.Status is { State: "waiting", Problem: "TOKEN_REFUSED" }, "it is refused");
        webhook.SetToken("nsoc.de");
        await webhook.Until(() => target.All.Count == 1, "it begins anew");
        target.All.Single().Told.ShouldBe(["ListAgain"]);
        webhook.Grid.Calls.ShouldContain("DE changes");
    }

    [Fact]
    public async Task WhatMayBeToldNoMore_IsNotSentAgain()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        target.Answer(503);
        webhook.Start(target.Url);
        await webhook.Until(() => webhook.Files.Cursor is not null, "it begins");
        webhook.Say(1, "one.example");
        await webhook.Until(() => target.All.Count == 1, "the first attempt fails");
        // Meanwhile it is narrowed.
        webhook.Grid.OnIndicatorOf = (_, _) => new(IndicatorView.Empty, [], 1);
        await webhook.Until(() => target.All.Count == 2, "it is tried again");
        target.All.Select(each => each.Told.Single()).ShouldBe(["one.example", "gone one.example"]);
        target.All.Select(each => each.Id).ShouldBeUnique("other content is another delivery");
    }

    [Fact]
    public async Task Answer_PastItsLease_IsNotSent()
    {
        await using var target = await Receiver.Start();
        await using var webhook = new RunningWebhook();
        webhook.Start(target.Url);
        await webhook.Until(() => webhook.Files.Cursor is not null, "it begins");
        var accepts = 0;
        // The answer itself may be told; when it is to be sent, it may not.
        webhook.Grid.OnAccepts = _ => ++accepts % 2 == 1;
        webhook.Say(1, "one.example");
        await webhook.Until(() => webhook.Status is { State: "waiting", Problem: "GRID_UNAVAILABLE" }, "it waits");
        target.All.ShouldBeEmpty();
    }
}
