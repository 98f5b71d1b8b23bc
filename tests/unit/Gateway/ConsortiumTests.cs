using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Gateway;

public sealed class ConsortiumTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(10u)]
    public async Task ListOrganisations_AnyPageSize_GivesAllInOrder(uint size)
    {
        await using var gateway = await RunningGateway.Start();
        var client = new V1.ConsortiumService.ConsortiumServiceClient(gateway.Channel);
        var (found, token) = (new List<string>(), "");
        do
        {
            var page = await client.ListOrganisationsAsync(
                new() { PageSize = size, PageToken = token }, gateway.As("nsoc.fr"), cancellationToken: Cancellation);
            found.AddRange(page.Organisations.Select(o => o.Id));
            token = page.NextPageToken;
            token.Length.ShouldBeOneOf(0, 24);
        }
        while (token.Length > 0);
        found.ShouldBe(["energy.be", "nsoc.be", "nsoc.de", "nsoc.fr"]);
    }

    [Theory]
    [InlineData("nsoc.be", "be-de,csirts-fr")]
    [InlineData("nsoc.de", "be-de,csirts-fr")]
    [InlineData("energy.be", "energy-fr")]
    [InlineData("nsoc.fr", "csirts-fr,energy-fr")]
    public async Task ListAgreements_GivesThoseTheCallerIsPartyTo(string organisation, string expected)
    {
        await using var gateway = await RunningGateway.Start();
        var page = await new V1.ConsortiumService.ConsortiumServiceClient(gateway.Channel)
            .ListAgreementsAsync(new(), gateway.As(organisation), cancellationToken: Cancellation);
        string.Join(',', page.Agreements.Select(a => a.Id)).ShouldBe(expected);
    }

    [Fact]
    public async Task PageToken_OfAnotherListOrInvented_IsInvalid()
    {
        await using var gateway = await RunningGateway.Start();
        var client = new V1.ConsortiumService.ConsortiumServiceClient(gateway.Channel);
        var page = await client.ListOrganisationsAsync(new()
        {
            PageSize =
            1
        }, gateway.As("nsoc.be"), cancellationToken: Cancellation);
        foreach (var token in new[] { page.NextPageToken, "x", new string('A', 24) })
        {
            var error = await Should.ThrowAsync<RpcException>(async () => await client.ListCommunitiesAsync(
                new() { PageToken = token }, gateway.As("nsoc.be"), cancellationToken: Cancellation));
            error.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        }
    }

    [Fact]
    public async Task List_WithoutAValidLease_IsUnavailable()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Grid.Current = null;
        (await Should.ThrowAsync<RpcException>(async () =>
            await new V1.ConsortiumService.ConsortiumServiceClient(gateway.Channel)
            .ListOrganisationsAsync(new(), gateway.As("nsoc.be"), cancellationToken: Cancellation))).StatusCode
            .ShouldBe(StatusCode.Unavailable);
    }
}
