using CrossBorderSoc.Client.Views;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>One batch with a bad sighting of each kind among good ones.</summary>
public sealed class BadBatchTests
{
    private const string Owner = "nsoc.be";

    [Fact]
    public async Task Batch_WithEachKindOfBadSighting_RefusesThoseByIndexFieldAndReasonAndLandsTheRest()
    {
        using var folder = new TempFolder();
        await using var node = await NodeProcess.Start(folder.Path, "--consortium", Repository.RealStream);
        var conflicting = Good("first.example");
        (await Push(node, conflicting)).Accepted.ShouldBe(1u);
        var bad = Bad(conflicting).ToList();
        var sightings = new List<Sighting>();
        for (var i = 0; i < bad.Count; i++) sightings.AddRange([bad[i].Sighting, Good($"good-{i}.example")]);

        var ack = await Push(node, [.. sightings]);
        ack.Accepted.ShouldBe((uint)bad.Count);
        ack.Rejections.Select(r => (r.Index, r.Field, r.ReasonCode))
            .ShouldBe(bad.Select((b, i) => ((uint)(2 * i), b.Field, b.Reason)));
        ack.Rejections.ShouldAllBe(r => r.Message.Length > 0);
        using var grid = node.Connect();
        var views = new GridViews(grid.Invoker, node.TokenOf(Owner));
        for (var i = 0; i < bad.Count; i++)
            (await views.IndicatorAsync(Domain($"good-{i}.example"), CancellationToken.None)).Indicator.ByKind.Single().Count.ShouldBe(1UL);
    }

    private static IEnumerable<(Sighting Sighting, string Field, string Reason)> Bad(Sighting conflicting)
    {
        yield return (Changed(s => s.Id = "no-uuid"), "id", "INVALID_ID");
        yield return (Changed(s => s.Observables.Clear()), "observables", "NO_OBSERVABLES");
        yield return (Changed(s => s.Observables.Add(new Observable { Type = "ipv4-addr", Value = "1.2.3" })),
            "observables[1].value", "INVALID_IPV4_ADDR");
        yield return (Changed(s => s.Observables.Add(new Observable { Type = "shoe-size", Value = "43" })),
            "observables[1].type", "UNKNOWN_OBSERVABLE_TYPE");
        yield return (Changed(s => s.LastSeen = In(hours: 30)), "last_seen", "TOO_FAR_IN_FUTURE");
        yield return (Changed(s => (s.FirstSeen, s.LastSeen) = (In(hours: -24 * 500), In(hours: -24 * 500))),
            "last_seen", "OLDER_THAN_RETENTION");
        yield return (Changed(s => s.FirstSeen = In(hours: 1)), "first_seen", "TIME_ORDER");
        yield return (Changed(s => s.Confidence = 101), "confidence", "CONFIDENCE_OUT_OF_RANGE");
        yield return (Changed(s => s.Kind = Kind.Unspecified), "kind", "NO_KIND");
        yield return (Changed(s => s.Marking = null), "marking.tlp", "NO_TLP");
        yield return (Changed(s => s.Marking.Recipients.Add("organisation:nobody.xx")),
            "marking.recipients[0]", "RECIPIENT_NOT_FOUND");
        yield return (Changed(s => s.Techniques.Add("phishing")), "techniques[0]", "INVALID_TECHNIQUE");
        yield return (Changed(s => s.Description = new string('x', 5_000)), "description", "TOO_LONG");
        yield return (Changed(s => s.Id = conflicting.Id), "id", "ID_CONFLICT");
    }

    private static Sighting Changed(Action<Sighting> change)
    {
        var sighting = Good("bad.example");
        change(sighting);
        return sighting;
    }

    private static Sighting Good(string domain) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Observables = { Domain(domain) },
        FirstSeen = In(hours: -2),
        LastSeen = In(hours: -1),
        Count = 1,
        Kind = Kind.Positive,
        Confidence = 70,
        Marking = new() { Tlp = Tlp.Green },
    };

    private static Observable Domain(string value) => new() { Type = "domain-name", Value = value };

    private static Timestamp In(int hours) => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(hours));

    private static async Task<BatchAck> Push(NodeProcess node, params Sighting[] sightings)
    {
        using var grid = node.Connect();
        var service = new SightingService.SightingServiceClient(grid.Invoker);
        using var call = service.Push(new Metadata { { "authorization", "Bearer " + node.TokenOf(Owner) } });
        await call.RequestStream.WriteAsync(new() { Sightings = { sightings } });
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }
}
