using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Sightings;
using Google.Rpc;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class ContributeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contribute_Good_IsOneStatementOfTheCallerInItsLedger()
    {
        await using var gateway = await RunningGateway.Start();
        var batches = new List<SightingBatch>();
        gateway.Grid.OnAccept = (_, _, batch) =>
        {
            batches.Add(batch);
            return Task.FromResult(batches.Count == 1 ? new BatchOutcome(1, 0, []) : new BatchOutcome(0, 1, []));
        };
        (await Send(gateway, Good())).Duplicate.ShouldBeFalse();
        (await Send(gateway, Good())).Duplicate.ShouldBeTrue();
        gateway.Grid.Calls.ShouldBe(["BE accept", "BE accept"]);
        var taken = new SightingItem(batches[0].Item(0).Span).ToSighting(SightingItem.ReadMarkings(batches[0].Markings.Span));
        taken.Kind.ShouldBe(SightingKind.Contribution);
        taken.Observables.Select(one => one.Text).ShouldBe(["192.0.2.1", "evil.example"]);
        taken.Contribution.ShouldBe(new Contribution(ContributionKind.Affected, 0, "DE", "energy", "billing"));
        (taken.Description, taken.FirstSeen, taken.LastSeen, taken.Count).ShouldBe(("words", taken.LastSeen, Samples.Now - 3_600_000, 1u));
        taken.Marking.Tlp.ShouldBe(Tlp.Green);
    }

    public static TheoryData<string, string, Action<V1.Contribution>> Bad => new()
    {
        { "id", "INVALID_ID", said => said.Id = "7" },
        { "observables", "NO_OBSERVABLES", said => said.Observables.Clear() },
        { "observables", "TOO_MANY_OBSERVABLES", said => said.Observables.Add(Domains(15, "")) },
        { "observables", "TOO_LONG", said => said.Observables.Add(Domains(14, new('x', 300))) },
        { "observables[1].value", "INVALID_DOMAIN_NAME", said => said.Observables[1].Value = "..." },
        { "at", "TIME_MISSING", said => said.At = null },
        { "at", "TOO_FAR_IN_FUTURE", said => said.At = Samples.At(TimeSpan.FromHours(25)) },
        { "at", "OLDER_THAN_RETENTION", said => said.At = Samples.At(TimeSpan.FromDays(-401)) },
        { "kind", "NO_KIND", said => said.Kind = default },
        { "kind", "UNKNOWN_KIND", said => said.Kind = (V1.ContributionKind)8 },
        { "observables", "NOT_TWO", Three },
        { "status", "NOT_OF_THIS_KIND", said => said.Status = V1.IncidentStatus.New },
        { "status", "REQUIRED", said => said.Kind = V1.ContributionKind.Status },
        { "status", "UNKNOWN_VALUE", said => (said.Kind, said.Status) = (V1.ContributionKind.Status, (V1.IncidentStatus)6) },
        { "significance", "NOT_OF_THIS_KIND", said => said.Significance = V1.Significance.LargeScale },
        { "significance", "REQUIRED", said => said.Kind = V1.ContributionKind.Significance },
        { "state", "NOT_OF_THIS_KIND", said => said.Kind = V1.ContributionKind.Note },
        { "state", "REQUIRED", said => said.State = said.Sector = said.Service = "" },
        { "state", "UNKNOWN_STATE", said => said.State = "XX" },
        { "state", "UNKNOWN_STATE", said => said.State = "EU" },
        { "sector", "TOO_LONG", said => said.Sector = new('x', 257) },
        { "service", "CONTROL_CHARACTER", said => said.Service = "a\nb" },
        { "text", "TOO_LONG", said => said.Text = new('x', 4_097) },
        { "text", "REQUIRED", said => (said.Kind, said.State, said.Sector, said.Service, said.Text) = (V1.ContributionKind.Note, "", "", "", "") },
        { "marking.tlp", "NO_TLP", said => said.Marking = null },
        { "marking.recipients[0]", "RECIPIENT_NOT_FOUND", said => said.Marking.Recipients.Add("organisation:nobody") },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Contribute_Bad_NamesTheFieldAndChangesNothing(string field, string reason, Action<V1.Contribution> spoil)
    {
        await using var gateway = await RunningGateway.Start();
        var said = Good();
        spoil(said);
        var refusal = await Should.ThrowAsync<RpcException>(() => Send(gateway, said));
        ShouldSay(refusal, $"contribution.{field}", reason);
        gateway.Grid.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Contribute_RefusedByTheLedger_SaysWhy()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.OnAccept = (_, _, _) => Task.FromResult(new BatchOutcome(0, 0, [new(0, LedgerRefusal.IdConflict)]));
        ShouldSay(await Should.ThrowAsync<RpcException>(() => Send(gateway, Good())), "contribution.id", "ID_CONFLICT");
        var nothing = await Should.ThrowAsync<RpcException>(() => Send(gateway, null));
        ShouldSay(nothing, "contribution", "REQUIRED");
    }

    [Fact]
    public async Task Contribute_OfAnIncidentOpenedWithoutALease_IsWritten_AndNotAcknowledged()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.Current = null;
        var opened = Good();
        (opened.Kind, opened.State, opened.Sector, opened.Service) = (V1.ContributionKind.Opened, "", "", "");
        (await Should.ThrowAsync<RpcException>(() => Send(gateway, opened))).StatusCode.ShouldBe(StatusCode.Unavailable);
        (await Send(gateway, Good())).Duplicate.ShouldBeFalse("what needs no name is acknowledged");
        gateway.Grid.Calls.ShouldBe(["BE accept", "BE accept"]);
    }

    [Fact]
    public async Task Push_OfAContributionsKind_IsRefused()
    {
        await using var gateway = await RunningGateway.Start();
        var sighting = Samples.Sighting();
        sighting.Kind = V1.Kind.Contribution;
        using var call = new V1.SightingService.SightingServiceClient(gateway.Channel).Push(
            gateway.As("nsoc.be"), cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(Samples.Batch(1, sighting), Cancellation);
        (await call.ResponseStream.MoveNext(Cancellation)).ShouldBeTrue();
        call.ResponseStream.Current.Rejections.ShouldHaveSingleItem().ReasonCode.ShouldBe("UNKNOWN_KIND");
    }

    private static void ShouldSay(RpcException refusal, string field, string reason)
    {
        refusal.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        var status = refusal.GetRpcStatus()!;
        status.GetDetail<ErrorInfo>()!.Reason.ShouldBe(reason);
        status.GetDetail<BadRequest>()!.FieldViolations.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    private static IEnumerable<V1.Observable> Domains(int count, string path) => Enumerable.Range(0, count)
        .Select(i => new V1.Observable { Type = "url", Value = $"http://{i}.example/{path}" });

    private static void Three(V1.Contribution said)
    {
        said.Kind = V1.ContributionKind.Split;
        said.Observables.Add(new V1.Observable { Type = "url", Value = "http://evil.example/" });
    }

    private static V1.Contribution Good() => new()
    {
        Id = "00000000-0000-4000-8000-000000000009",
        Observables =
        {
            new V1.Observable { Type = "domain-name", Value = "Evil[.]example" }, new V1.Observable { Type = "domain-name", Value = "evil.example" },
            new V1.Observable { Type = "ipv4-addr", Value = "192.0.2.1" },
        },
        At = Samples.At(TimeSpan.FromHours(-1)),
        Kind = V1.ContributionKind.Affected,
        State = "DE",
        Sector = "energy",
        Service = "billing",
        Text = "words",
        Marking = new() { Tlp = V1.Tlp.Green },
    };

    private static async Task<V1.ContributeResponse> Send(RunningGateway gateway, V1.Contribution? said) =>
        await new V1.IncidentService.IncidentServiceClient(gateway.Channel).ContributeAsync(
            new() { Contribution = said }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
}
