using System.Collections.Immutable;
using System.Text.Json;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Consortium;
using CrossBorderSoc.Grains.Disclosure;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

/// <summary>The hand-worked cases of DESIGN 3.1 judge the product.</summary>
public class CasesTests
{
    private static readonly JsonElement File = JsonElement.Parse(
        System.IO.File.ReadAllText(SharedData.Folder("policy/cases.json")!));
    private static readonly PolicyHistory History = ReadPolicy();

    public static TheoryData<string> Names => [.. Cases().Select(c => c.GetProperty("name").GetString()!)];

    [Fact]
    public void Cases_AreSeventyTwo() => Cases().Count().ShouldBe(72);

    [Theory]
    [MemberData(nameof(Names))]
    public void Product_DecidesAsWorkedByHand(string name)
    {
        var one = Cases().Single(c => c.GetProperty("name").GetString() == name);
        // A withdrawn sighting leaves the knowledge; nothing is left to decide on.
        if (one.TryGetProperty("withdrawn", out _)) return;
        var observables = ReadObservables(one);
        var compartment = ReadCompartment(one, observables);
        var at = ReadInstant(one.TryGetProperty("at", out var own) ? own : File.GetProperty("at"));
        var clearance = new Clearance(new(one.GetProperty("viewer").GetString()!), History);

        clearance.DecideWhole(compartment, at).ToString().ToLowerInvariant().ShouldBe(
            one.GetProperty("level").GetString());
        var seen = observables.Where(o => clearance.Decide(compartment, o.Type, at) != DisclosureLevel.None).Select(
            o => o.Text);
        if (one.TryGetProperty("sees", out var sees)) seen.ShouldBe(sees.EnumerateArray().Select(v => v.GetString()!));
        else if (one.GetProperty("level").GetString() != "none") seen.Count().ShouldBe(observables.Length);
    }

    private static JsonElement.ArrayEnumerator Cases() => File.GetProperty("cases").EnumerateArray();

    private static long ReadInstant(JsonElement text) => text.GetDateTimeOffset().ToUnixTimeMilliseconds();

    private static Observable[] ReadObservables(JsonElement one) => one.TryGetProperty("observables", out var list)
        ? [.. list.EnumerateArray().Select(o => new Observable(
            Words.Types[o.GetProperty("type").GetString()!], o.GetProperty("value").GetString()!))]
        : [new(ObservableType.Ipv4Addr, "203.0.113.7")];

    private static Compartment ReadCompartment(JsonElement one, Observable[] observables)
    {
        var owner = one.GetProperty("owner").GetString()!;
        var marking = one.GetProperty("marking");
        var tlp = marking.GetProperty("tlp").GetString() is "red" ? Tlp.Red
            : Words.Ceilings[marking.GetProperty("tlp").GetString()!];
        var recipients = marking.TryGetProperty("recipients", out var list)
            ? list.EnumerateArray().Select(r => r.GetString()!).ToArray() : [];
        var kind = one.TryGetProperty("kind", out var named) ? Words.Kinds[named.GetString()!] : SightingKind.Positive;
        return new(owner, History.Newest!.Find(owner)!.Jurisdiction, Samples.Marked(tlp, recipients) with
        {
            EmbargoUntil = marking.TryGetProperty("embargo_until", out var embargo) ? ReadInstant(embargo) : null,
            ExpiresAt = marking.TryGetProperty("expires_at", out var expiry) ? ReadInstant(expiry) : null,
        }, kind, 1, observables.Aggregate(default(ObservableTypeSet), (set, o) => set.With(o.Type)));
    }

    private static PolicyHistory ReadPolicy()
    {
        var folder = Directory.CreateTempSubdirectory("cases");
        foreach (var part in new[] { "organisations", "agreements" })
            System.IO.File.WriteAllText(
                Path.Combine(folder.FullName, part + ".json"), File.GetProperty(part).GetRawText());
        var read = ConsortiumFiles.Read(folder.FullName);
        folder.Delete(recursive: true);
        return PolicyHistory.Empty.Append(read.Organisations, read.Agreements);
    }
}
