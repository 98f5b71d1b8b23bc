using CrossBorderSoc.Tests.Model.Policy;

namespace CrossBorderSoc.Tests.Model.Loading;

/// <summary>Reads a policy as a consortium writes it: <c>organisations.json</c> and <c>agreements.json</c>.</summary>
public static class Consortium
{
    /// <summary>Version 1, in force from the beginning, of a folder that holds both files.</summary>
    public static PolicyVersion Load(string folder) => new(
        1, DateTimeOffset.MinValue,
        Organisations(File.ReadAllText(Path.Combine(folder, "organisations.json"))),
        Agreements(File.ReadAllText(Path.Combine(folder, "agreements.json"))));

    public static IReadOnlyList<Organisation> Organisations(string json) =>
        [.. Json.Read<IReadOnlyList<OrganisationRow>>(json).Select(row => row.ToModel())];

    public static IReadOnlyList<Agreement> Agreements(string json) =>
        [.. Json.Read<IReadOnlyList<AgreementRow>>(json).Select(row => row.ToModel())];
}
