using CrossBorderSoc.Tests.Model.Sightings;
using Google.Protobuf.WellKnownTypes;
using Wire = CrossBorderSoc.V1;

namespace CrossBorderSoc.Tests.Chaos.Load;

/// <summary>Small sightings of a few values that are hot and some that are new, drawn of a run's dice.</summary>
/// <param name="run">The run's number: values of two runs differ.</param>
/// <param name="owner">Whose they are.</param>
/// <param name="place">The owner's number among producers: identifiers differ by it.</param>
/// <param name="dice">Of the run and the owner.</param>
internal sealed class Drawn(int run, string owner, int place, Random dice)
{
    public const int HotValues = 4;
    private const int MinutesBack = 3 * 24 * 60;
    private static readonly Tlp[] Tlps = [Tlp.Clear, Tlp.Green, Tlp.Green, Tlp.Amber, Tlp.Red];

    // The same for all of a run, a while ago for whichever clock a node has.
    private readonly DateTimeOffset _newest = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddHours(-1);
    private int _number;

    public static Observable Hot(int run, int value) => new("domain-name", $"hot-{value}.run-{run}.example");

    public Sighting Next()
    {
        var number = ++_number;
        var values = new HashSet<Observable> { Hot(run, dice.Next(HotValues)) };
        if (dice.Next(5) == 0) values.Add(Hot(run, dice.Next(HotValues)));
        if (dice.Next(8) == 0) values.Add(new("domain-name", $"new-{number}.{owner}.run-{run}.example"));
        var last = _newest.AddSeconds(-dice.Next(60 * MinutesBack));
        var tlp = Tlps[dice.Next(Tlps.Length)];
        return new()
        {
            Id = new Guid(run + 1, (short)place, 0, BitConverter.GetBytes((long)number)).ToString(),
            Owner = owner,
            Observables = [.. values.Order()],
            FirstSeen = last.AddSeconds(-dice.Next(7_200)),
            LastSeen = last,
            Count = (uint)dice.Next(1, 4),
            Kind = dice.Next(6) == 0 ? Kind.FalsePositive : Kind.Positive,
            Confidence = dice.Next(1, 101),
            Marking = new(tlp, Pap.Clear, Marking.DefaultAttribution(tlp), []),
            AcceptedAt = _newest,
            PolicyVersion = 1,
        };
    }

    /// <summary>As it is sent.</summary>
    public static Wire.Sighting ToWire(Sighting sighting) => new()
    {
        Id = sighting.Id,
        Observables = { sighting.Observables.Select(ToWire) },
        FirstSeen = Timestamp.FromDateTimeOffset(sighting.FirstSeen),
        LastSeen = Timestamp.FromDateTimeOffset(sighting.LastSeen),
        Count = sighting.Count,
        Kind = sighting.Kind == Kind.Positive ? Wire.Kind.Positive : Wire.Kind.FalsePositive,
        Confidence = (uint)sighting.Confidence,
        Marking = new()
        {
            Pap = Wire.Pap.Clear,
            Tlp = sighting.Marking.Tlp switch
            {
                Tlp.Clear => Wire.Tlp.Clear,
                Tlp.Green => Wire.Tlp.Green,
                Tlp.Amber => Wire.Tlp.Amber,
                _ => Wire.Tlp.Red,
            },
        },
    };

    public static Wire.Observable ToWire(Observable one) => new() { Type = one.Type, Value = one.Value };
}
