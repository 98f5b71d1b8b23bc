using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Grains.Disclosure;
using M = CrossBorderSoc.Tests.Model;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>The model's worlds in the product's types. Both enumerate the same words in the same order.</summary>
internal static class ModelMapping
{
    public static ObservableType Type(string type) =>
        (ObservableType)(M.Sightings.Words.Place(M.Sightings.Observable.Types, type) + 1);

    public static Caller ToProduct(this M.Caller one) =>
        new(one.Organisation, one.Person, one.IsFeed ? Outlet.Feed : Outlet.Call);

    public static Observable ToProduct(this M.Sightings.Observable one) => new(Type(one.Type), one.Value);

    public static M.Sightings.Observable ToModel(this Observable one) => new(one.Type.ToModel(), one.Text);

    public static string ToModel(this ObservableType type) => M.Sightings.Observable.Types[(int)type - 1];

    public static SightingKind ToProduct(this M.Sightings.Kind kind) => (SightingKind)((int)kind + 1);

    public static M.Sightings.Kind ToModel(this SightingKind kind) => (M.Sightings.Kind)((int)kind - 1);

    public static Tlp ToProduct(this M.Sightings.Tlp tlp) => (Tlp)((int)tlp + 1);

    public static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static Marking ToProduct(this M.Sightings.Marking one) => new(
        one.Tlp.ToProduct(), (Pap)((int)one.Pap + 1), (Attribution)((int)one.Attribution + 1),
        [.. one.Recipients.Select(text => Recipient.TryParse(text, out var recipient)
            ? recipient : throw new FormatException(text)).Distinct().Order()],
        one.EmbargoUntil?.ToUnixTimeMilliseconds(), one.ExpiresAt?.ToUnixTimeMilliseconds());

    public static AssetStatement ToProduct(this M.Sightings.Asset one) =>
        new(one.Id, one.Sector, one.Service, one.Criticality, [.. one.Software], one.Supplier);

    public static M.Sightings.Asset ToModel(this AssetStatement one) =>
        new(one.Id, one.Sector, one.Service, one.Criticality, one.Software, one.Supplier);

    public static Sighting ToProduct(this M.Sightings.Sighting one) => new(
        Guid.Parse(one.Id), [.. one.Observables.Select(each => each.ToProduct()).Order()], one.Asset?.ToProduct(),
        one.FirstSeen.ToUnixTimeMilliseconds(), one.LastSeen.ToUnixTimeMilliseconds(), one.Count, one.Kind.ToProduct(),
        (byte)one.Confidence, one.Marking.ToProduct(), [.. one.Techniques], one.Description, one.SourceRef, one.Said?.ToProduct());

    public static Contribution ToProduct(this M.Sightings.Said one) =>
        new((ContributionKind)((int)one.Deed + 1), (byte)one.Value, one.State, one.Sector, one.Service);

    public static M.Sightings.Said ToModel(this Contribution one) =>
        new((M.Sightings.Deed)((int)one.Kind - 1), one.Value, one.State, one.Sector, one.Service);

    /// <summary>
    /// By number of the model the policy as it was when that version was the newest; at 0 before the first. The product drops a
    /// version that changes nothing, so its numbers may be lower.
    /// </summary>
    public static IReadOnlyList<PolicyHistory> ToProduct(this IReadOnlyList<M.Policy.PolicyVersion> versions)
    {
        var histories = new List<PolicyHistory> { PolicyHistory.Empty };
        foreach (var version in versions)
            histories.Add(histories[^1].Append(
                version.Organisations.Select(ToProduct), version.Agreements.Select(ToProduct)));
        return histories;
    }

    private static Organisation ToProduct(M.Policy.Organisation one) => new(
        one.Id, one.Jurisdiction, one.Id, OrganisationKind.Csirt, Sorted(one.Communities), Sorted(one.Clients),
        Pap.Amber);

    private static Agreement ToProduct(M.Policy.Agreement one) => new(
        one.Id, Party.Parse(one.Provider), Party.Parse(one.Consumer), (DisclosureLevel)(int)one.Level,
        one.MaxTlp.ToProduct(),
        one.Types.Count == 0
            ? null
            : one.Types.Aggregate(default(ObservableTypeSet), (set, type) => set.With(Type(type))),
        [.. one.Kinds.Select(kind => kind.ToProduct()).Distinct().Order()],
        one.ValidFrom.ToUnixTimeMilliseconds(), one.ValidUntil?.ToUnixTimeMilliseconds(), one.Revoked);

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) =>
        [.. texts.Distinct().Order(StringComparer.Ordinal)];
}
