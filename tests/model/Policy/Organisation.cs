namespace CrossBorderSoc.Tests.Model.Policy;

/// <summary>A party of the consortium. Clients are identifiers of organisations: its constituency.</summary>
public sealed record Organisation(
    string Id, string Jurisdiction, string Kind, IReadOnlyList<string> Communities, IReadOnlyList<string> Clients);
