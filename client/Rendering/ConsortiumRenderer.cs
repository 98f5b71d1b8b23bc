using CrossBorderSoc.V1;
using Spectre.Console;

namespace CrossBorderSoc.Client.Rendering;

/// <summary>Prints who takes part and what was agreed, one entry a line in columns.</summary>
public static class ConsortiumRenderer
{
    /// <summary>Prints organisations: identifier, jurisdiction, kind, name.</summary>
    public static void Render(IAnsiConsole console, ListOrganisationsResponse answer) => Columns.Write(
        console,
        [.. answer.Organisations.Select(organisation => (string[])
            [organisation.Id, organisation.Jurisdiction, organisation.Kind, organisation.Name])]);

    /// <summary>Prints communities: identifier.</summary>
    public static void Render(IAnsiConsole console, ListCommunitiesResponse answer) =>
        Columns.Write(console, [.. answer.Communities.Select(community => (string[])[community.Id])]);

    /// <summary>Prints agreements: identifier, who gives to whom, at which level, up to which label, what, when.</summary>
    public static void Render(IAnsiConsole console, ListAgreementsResponse answer) =>
        Columns.Write(console, [.. answer.Agreements.Select(Cells)]);

    private static string[] Cells(Agreement agreement) =>
    [
        agreement.Id,
        $"{agreement.Provider} to {agreement.Consumer}",
        LabelText.Of(agreement.Level),
        $"up to TLP:{LabelText.Of(agreement.MaxTlp).ToUpperInvariant()}",
        agreement.Types_.Count == 0 ? "all types" : string.Join(" ", agreement.Types_),
        agreement.Kinds.Count == 0 ? "all kinds" : string.Join(" ", agreement.Kinds.Select(LabelText.Of)),
        $"from {Instants.Text(agreement.ValidFrom)}"
            + (agreement.ValidUntil is { } end ? $" until {Instants.Text(end)}" : ""),
        agreement.Revoked ? "revoked" : "",
    ];
}
