namespace CrossBorderSoc.Tests.Model.Sightings;

/// <summary>What was seen on, in its owner's words.</summary>
public sealed record Asset(
    string Id, string Sector = "", string Service = "", string Criticality = "",
    IReadOnlyList<string>? SoftwareList = null, string Supplier = "")
{
    public IReadOnlyList<string> Software => SoftwareList ?? [];
}

/// <summary>What a contribution does to incidents.</summary>
public enum Deed { Opened, Note, Status, Affected, Significance, Link, Split }

/// <summary>What a contribution says besides its observables and its words.</summary>
public sealed record Said(Deed Deed, int Value = 0, string State = "", string Sector = "", string Service = "")
{
    public override string ToString() => $"{Deed} {Value} [{State}] [{Sector}] [{Service}]";
}

/// <summary>
/// A sighting, or a contribution, that the grid has accepted: what the owner said, and when and under which policy it was accepted.
/// </summary>
public sealed record Sighting
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>Canonical, distinct, sorted.</summary>
    public required IReadOnlyList<Observable> Observables { get; init; }

    public Asset? Asset { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required uint Count { get; init; }

    public Kind Kind { get; init; }

    /// <summary>0 to 100.</summary>
    public int Confidence { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Distinct, sorted (ordinal).</summary>
    public IReadOnlyList<string> Techniques { get; init; } = [];

    public string Description { get; init; } = "";

    public string SourceRef { get; init; } = "";

    /// <summary>Of a contribution, always; of a sighting, never.</summary>
    public Said? Said { get; init; }

    /// <summary>Before this instant there is no such sighting.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The number of the policy version under which it was accepted.</summary>
    public required int PolicyVersion { get; init; }

    public bool Withdrawn { get; init; }
}
