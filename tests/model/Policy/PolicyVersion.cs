namespace CrossBorderSoc.Tests.Model.Policy;

/// <summary>The whole policy, in force from an instant until the next version is.</summary>
public sealed record PolicyVersion(
    int Number, DateTimeOffset InForceFrom, IReadOnlyList<Organisation> Organisations,
    IReadOnlyList<Agreement> Agreements)
{
    /// <summary>The organisation under this version, or null.</summary>
    public Organisation? Find(string id) => Organisations.FirstOrDefault(organisation => organisation.Id == id);
}
