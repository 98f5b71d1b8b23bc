using CrossBorderSoc.Tests.Model.Policy;
using CrossBorderSoc.Tests.Model.Sightings;

namespace CrossBorderSoc.Tests.Model.Loading;

/// <summary>A hand-worked case of DESIGN 3.1: a world of one sighting, who asks when, and what is right.</summary>
/// <param name="Sees">The values seen; null says all of them, or none at level None.</param>
public sealed record WorkedCase(string Name, World World, Caller Viewer, Level Level, IReadOnlyList<string>? Sees)
{
    public Sighting Sighting => World.Sightings[0];

    /// <summary>The values that the viewer must see, sorted.</summary>
    public IReadOnlyList<string> MustSee => Level == Level.None
        ? []
        : [.. (Sees ?? Sighting.Observables.Select(each => each.Value)).Order(StringComparer.Ordinal)];

    public override string ToString() => Name;
}

/// <summary>Reads <c>cases.json</c>.</summary>
public static class Cases
{
    public static IReadOnlyList<WorkedCase> Load(string path)
    {
        var file = Json.Read<CasesFile>(File.ReadAllText(path));
        var policy = new PolicyVersion(
            1, DateTimeOffset.MinValue,
            [.. file.Organisations.Select(row => row.ToModel())], [.. file.Agreements.Select(row => row.ToModel())]);
        return [.. file.Cases.Select(row => row.ToModel(policy, file.At))];
    }

    private sealed record CasesFile(
        DateTimeOffset At, IReadOnlyList<OrganisationRow> Organisations, IReadOnlyList<AgreementRow> Agreements,
        IReadOnlyList<CaseRow> Cases);

    private sealed record CaseRow(
        string Name, string Owner, string Viewer, MarkingRow Marking, string Level, IReadOnlyList<string>? Sees,
        IReadOnlyList<ObservableRow>? Observables, string? Kind, DateTimeOffset? At, bool Withdrawn)
    {
        public WorkedCase ToModel(PolicyVersion policy, DateTimeOffset fileAt)
        {
            var at = At ?? fileAt;
            var seen = at.AddDays(-1).AddMinutes(17);
            var sighting = new Sighting
            {
                Id = "11111111-1111-4111-8111-111111111111",
                Owner = Owner,
                Observables =
                [
                    .. (Observables ?? [new("ipv4-addr", "203.0.113.7")])
                        .Select(row => new Observable(row.Type, row.Value)).Order(),
                ],
                FirstSeen = seen,
                LastSeen = seen,
                Count = 1,
                Kind = (Kind)Words.Place(Words.Kinds, Kind ?? "positive"),
                Marking = Marking.ToModel(),
                AcceptedAt = seen,
                PolicyVersion = 1,
                Withdrawn = Withdrawn,
            };
            return new(Name, new([policy], [sighting], at), new(Viewer), (Level)Words.Place(Words.Levels, Level), Sees);
        }
    }
}
