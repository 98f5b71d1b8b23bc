using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Intake;
using Grpc.Core;

namespace CrossBorderSoc.Gateway.Consortium;

/// <summary>Tells what a member may know of the consortium (<c>consortium_service.proto</c>).</summary>
internal sealed class ConsortiumEndpoint(IPolicyReplica policy) : V1.ConsortiumService.ConsortiumServiceBase
{
    public override Task<V1.ListOrganisationsResponse> ListOrganisations(
        V1.ListOrganisationsRequest request, ServerCallContext context)
    {
        var (_, newest) = Member(context);
        var page = Page.Of(newest.Organisations, "organisations", o => o.Id, request.PageSize, request.PageToken);
        return Task.FromResult(new V1.ListOrganisationsResponse
        {
            Organisations = { page.Entries.Select(ToMessage) },
            NextPageToken = page.Next,
        });
    }

    public override Task<V1.ListCommunitiesResponse> ListCommunities(
        V1.ListCommunitiesRequest request, ServerCallContext context)
    {
        var (member, _) = Member(context);
        var page = Page.Of(member.Communities, "communities", id => id, request.PageSize, request.PageToken);
        return Task.FromResult(new V1.ListCommunitiesResponse
        {
            Communities = { page.Entries.Select(id => new V1.Community { Id = id }) },
            NextPageToken = page.Next,
        });
    }

    public override Task<V1.ListAgreementsResponse> ListAgreements(
        V1.ListAgreementsRequest request, ServerCallContext context)
    {
        var (member, newest) = Member(context);
        var own = newest.Agreements.Where(a => IsParty(member, a.Provider) || IsParty(member, a.Consumer)).ToList();
        var page = Page.Of(own, "agreements", a => a.Id, request.PageSize, request.PageToken);
        return Task.FromResult(new V1.ListAgreementsResponse
        {
            Agreements = { page.Entries.Select(ToMessage) },
            NextPageToken = page.Next,
        });
    }

    // Without a valid lease this node cannot know whether the caller is still a member.
    private (Organisation Member, PolicyVersion Newest) Member(ServerCallContext context)
    {
        if (policy.Current?.Newest is not { } newest) throw Refused.Unavailable();
        return newest.Find(Caller.Of(context).Organisation.Id) is { } member
            ? (member, newest)
            : throw Refused.NotAMember();
    }

    private static bool IsParty(Organisation member, Party party) => party.IsCommunity
        ? member.Communities.BinarySearch(party.Id, StringComparer.Ordinal) >= 0
        : member.Id == party.Id;

    private static V1.Organisation ToMessage(Organisation organisation) => new()
    {
        Id = organisation.Id,
        Jurisdiction = organisation.Jurisdiction,
        Name = organisation.Name,
        Kind = organisation.Kind switch
        {
            OrganisationKind.NationalSoc => "national-soc",
            OrganisationKind.Csirt => "csirt",
            OrganisationKind.Isac => "isac",
            OrganisationKind.EssentialEntity => "essential-entity",
            OrganisationKind.EuBody => "eu-body",
            _ => throw new InvalidOperationException("BUG: an organisation of no kind."),
        },
    };

    private static V1.Agreement ToMessage(Agreement agreement) => new()
    {
        Id = agreement.Id,
        Provider = agreement.Provider.ToString(),
        Consumer = agreement.Consumer.ToString(),
        Level = (V1.DisclosureLevel)agreement.Level,
        MaxTlp = (V1.Tlp)agreement.MaxTlp,
        Types_ = { Types(agreement) },
        Kinds = { agreement.Kinds.Select(kind => (V1.Kind)kind) },
        ValidFrom = Times.ToTimestamp(agreement.ValidFrom),
        ValidUntil = Times.ToTimestamp(agreement.ValidUntil),
        Revoked = agreement.Revoked,
    };

    private static IEnumerable<string> Types(Agreement agreement) => agreement.Types is { } set
        ? ObservableTypes.All.Where(set.Contains).Select(ObservableTypes.NameOf)
        : [];
}
