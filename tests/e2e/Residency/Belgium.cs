using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.V1;
using Google.Protobuf.WellKnownTypes;
using Observable = CrossBorderSoc.V1.Observable;

namespace CrossBorderSoc.Tests.E2e.Residency;

/// <summary>
/// What Belgium's organisations say, with a canary in every field that is a text of theirs, and the consortium that decides who may see it:
/// <c>energy.be</c> has an agreement with <c>nsoc.de</c> about domain names, Redacted, up to AMBER.
/// </summary>
internal sealed class Belgium
{
    public const string Energy = "energy.be";
    public const string Soc = "nsoc.be";

    private const int Letters = 24;

    private readonly List<Canary> _canaries = [];
    private readonly Timestamp _at = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddMinutes(-67));

    public Belgium()
    {
        Red = Say(Energy, "red", Tlp.Red, [], new(Place.None, Place.None, Place.None));
        Strict = Say(Energy, "strict", Tlp.AmberStrict, [], new(Place.None, Place.None, Place.None));
        Agreed = Say(Energy, "agreed", Tlp.Amber, [], new(Place.Asked, Place.None, Place.None));
        // The agreement is not about these.
        Agreed.Observables.Add(new Observable { Type = "url", Value = $"https://{Text("agreed, the other value", Place.None)}.example/" });
        Unasked = Say(Energy, "unasked", Tlp.AmberStrict, ["organisation:csirt.de"], new(Place.Released, Place.None, Place.None));
        Full = Say(Energy, "full", Tlp.AmberStrict, ["organisation:nsoc.de"], new(Place.Asked, Place.Gateway, Joins: null));
        Joined = Say(Energy, "joined", Tlp.AmberStrict, ["organisation:nsoc.de"], new(Place.Asked, Place.Gateway, Place.Asked));
        Green = Say(Energy, "green", Tlp.Green, [], new(Place.Asked | Place.DeStore, Place.None, Place.None));
        Own = Say(Soc, "own", Tlp.Red, [], new(Place.Hub | Place.Gateway, Place.Gateway, Place.Hub | Place.De | Place.Gateway));
    }

    /// <summary>Hidden from everybody outside, and asked for by nobody.</summary>
    public Sighting Red { get; }

    /// <summary>As <see cref="Red"/>, by its label.</summary>
    public Sighting Strict { get; }

    /// <summary>Its domain name is released to <c>nsoc.de</c>, its URL to nobody.</summary>
    public Sighting Agreed { get; }

    /// <summary>Released to <c>csirt.de</c> in full, which asks for nothing.</summary>
    public Sighting Unasked { get; }

    /// <summary>Released to <c>nsoc.de</c> in full, which asks for everything through the gateway.</summary>
    public Sighting Full { get; }

    /// <summary>As <see cref="Full"/>, on an asset that joins others.</summary>
    public Sighting Joined { get; }

    /// <summary>Everybody sees its redacted form, everybody asks, and <c>nsoc.de</c> has seen the value, too.</summary>
    public Sighting Green { get; }

    /// <summary>Hidden from everybody outside. It comes through the gateway, and its owner's analysts ask, list and watch.</summary>
    public Sighting Own { get; }

    /// <summary>What <see cref="Energy"/> pushes at Belgium's own node.</summary>
    public IEnumerable<Sighting> Energys => [Red, Strict, Agreed, Unasked, Full, Joined, Green];

    /// <summary>Every canary that there is by now.</summary>
    public IReadOnlyList<Canary> Canaries => _canaries;

    /// <summary>The consortium's files.</summary>
    public static IReadOnlyDictionary<string, string> Consortium { get; } = new Dictionary<string, string>
    {
        ["organisations.json"] = "[" + string.Join(",", Organisation(Energy, "BE", "essential-entity"), Organisation(Soc, "BE", "national-soc"),
            Organisation("nsoc.de", "DE", "national-soc"), Organisation("csirt.de", "DE", "csirt"),
            Organisation("energy.de", "DE", "essential-entity"), Organisation("enisa", "EU", "eu-body")) + "]",
        ["agreements.json"] =
            $$"""
            [{"id":"bilateral","provider":"{{Energy}}","consumer":"nsoc.de","level":"redacted","max_tlp":"amber","types":["domain-name"],"kinds":[],
              "valid_from":"2025-12-01T00:00:00Z","valid_until":null}]
            """,
    };

    /// <summary>What is refused: an identifier that is taken, a value that is none, a text that is too long.</summary>
    public IEnumerable<Sighting> Refused()
    {
        var (conflict, value, text) = (Red.Clone(), Strict.Clone(), Strict.Clone());
        conflict.Description = Text("conflict, description", Place.None, isStored: false);
        value.Observables.Add(new Observable { Type = "ipv4-addr", Value = Text("bad value", Place.None, isStored: false) });
        value.Id = Id("bad value, id", Place.None, isStored: false);
        text.Description = Text("long text", Place.None, isStored: false) + new string('x', 5_000);
        text.Id = Id("long text, id", Place.None, isStored: false);
        return [conflict, value, text];
    }

    /// <summary>What is said of incidents: of one that nobody else sees, and of one of which they see that something is said.</summary>
    public IEnumerable<Contribution> Contributions()
    {
        foreach (var (name, tlp, about) in (((string, Tlp, Sighting)[])[("red", Tlp.Red, Red), ("green", Tlp.Green, Green)]))
            yield return new()
            {
                Id = Id(name + " contribution, id", Place.None),
                Observables = { about.Observables[0] },
                At = _at,
                Kind = ContributionKind.Affected,
                Service = Text(name + " contribution, service", Place.None),
                Text = Text(name + " contribution, text", Place.None),
                Marking = new() { Tlp = tlp, Attribution = Attribution.Jurisdiction },
            };
    }

    private Sighting Say(string owner, string name, Tlp tlp, IEnumerable<string> recipients, Reach reach) => new()
    {
        Id = Id(name + ", id", reach.Details),
        Observables = { Domain(name + ", value", reach.Value) },
        Asset = AssetOf(owner, name, reach),
        FirstSeen = _at,
        LastSeen = _at,
        Kind = Kind.Positive,
        Marking = new() { Tlp = tlp, Recipients = { recipients }, Attribution = Attribution.Jurisdiction },
        Description = Text(name + ", description", reach.Details),
        SourceRef = Text(name + ", source_ref", reach.Details),
    };

    private Asset AssetOf(string owner, string name, Reach reach)
    {
        var asset = new Asset { Sector = Text(name + ", sector", reach.Details), Service = Text(name + ", service", reach.Details) };
        asset.Criticality = Text(name + ", criticality", reach.Details);
        asset.Id = New();
        Add(name + ", asset", reach.Details, [.. Forms.OfText(asset.Id), .. Forms.OfAssetHashes(owner, asset.Id)]);
        if (reach.Joins is not { } joins) return asset;
        var product = New();
        asset.Supplier = New();
        asset.Software.Add($"cpe:2.3:a:{product}:{product}:1.0:*:*:*:*:*:*:*");
        Add(name + ", supplier", joins, [.. Forms.OfText(asset.Supplier), .. Hashes("supplier", asset.Supplier)]);
        Add(name + ", software", joins, [.. Forms.OfText(product), .. Hashes("software", asset.Software[0])]);
        return asset;
    }

    private Observable Domain(string name, Place allowed)
    {
        var text = New();
        Add(name, allowed, [.. Forms.OfText(text), .. Hashes("domain-name", text + ".example")]);
        return new() { Type = "domain-name", Value = text + ".example" };
    }

    private static IEnumerable<Form> Hashes(string type, string value) => ObservableParser.TryParse(type, value, out var observable, out _)
        ? Forms.OfHashes(observable) : throw new InvalidOperationException($"{value} is no {type}.");

    private string Id(string name, Place allowed, bool isStored = true)
    {
        var id = Guid.NewGuid();
        Add(name, allowed, [.. Forms.OfId(id)], isStored);
        return id.ToString();
    }

    private string Text(string name, Place allowed, bool isStored = true)
    {
        var text = New();
        Add(name, allowed, [.. Forms.OfText(text)], isStored);
        return text;
    }

    private void Add(string name, Place allowed, Form[] forms, bool isStored = true) => _canaries.Add(new(name, allowed, isStored, forms));

    private static string New() => Random.Shared.GetString("abcdefghijklmnopqrstuvwxyz", Letters);

    private static string Organisation(string id, string jurisdiction, string kind) =>
        $$"""{"id":"{{id}}","jurisdiction":"{{jurisdiction}}","name":"{{id}}","kind":"{{kind}}","communities":[],"clients":[]}""";

    /// <summary>Where else parts of a sighting may be.</summary>
    /// <param name="Value">Its value.</param>
    /// <param name="Details">What is of Full only.</param>
    /// <param name="Joins">Supplier and software of its asset; null where it has none.</param>
    private readonly record struct Reach(Place Value, Place Details, Place? Joins);
}
