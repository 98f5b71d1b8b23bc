using Google.Protobuf.WellKnownTypes;

namespace CrossBorderSoc.Tests.Cluster;

/// <summary>Sightings as a producer sends them, at instants relative to a test's clock.</summary>
internal sealed class Saying(DateTimeOffset now, int firstNumber)
{
    private int _number = firstNumber;

    /// <summary>A batch of one sighting.</summary>
    public RpcCase Batch(V1.Sighting sighting) => Push(new V1.SightingBatch { Sequence = 7, Sightings = { sighting } });

    /// <summary>A call that pushes a batch.</summary>
    public static RpcCase Push(V1.SightingBatch batch) =>
        new(V1.SightingService.Descriptor.FindMethodByName("Push"), batch);

    /// <summary>A positive sighting of domains, an hour and a bit old, with an identifier of its own.</summary>
    public V1.Sighting Sighting(V1.Tlp tlp, params string[] domains) => new()
    {
        Id = $"00000000-0000-4000-8000-{_number++:000000000000}",
        Observables = { domains.Select(Domain) },
        FirstSeen = At(TimeSpan.FromMinutes(-100)),
        LastSeen = At(TimeSpan.FromMinutes(-67)),
        Count = 1,
        Kind = V1.Kind.Positive,
        Confidence = 50,
        Marking = new() { Tlp = tlp },
    };

    /// <summary>A call that contributes.</summary>
    public static RpcCase Contribute(V1.Contribution said) =>
        new(V1.IncidentService.Descriptor.FindMethodByName("Contribute"), new V1.ContributeRequest { Contribution = said });

    /// <summary>A contribution about domains, an hour and a bit old, with an identifier of its own unless one is given.</summary>
    public V1.Contribution Contribution(V1.Tlp tlp, V1.ContributionKind kind, string domain, string? id = null) => new()
    {
        Id = id ?? $"00000000-0000-4000-8000-{_number++:000000000000}",
        Observables = { Domain(domain) },
        At = At(TimeSpan.FromMinutes(-67)),
        Kind = kind,
        Text = "in words",
        Marking = new() { Tlp = tlp },
    };

    public Timestamp At(TimeSpan fromNow) => Timestamp.FromDateTimeOffset(now + fromNow);

    public static V1.Observable Domain(string name) => new() { Type = "domain-name", Value = name };
}
