using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>
/// Reads <c>organisations.json</c> and <c>agreements.json</c>: each a list of objects, whose fields are all known.
/// Clients may form a cycle, since a statement never reaches a client's client.
/// </summary>
public static class ConsortiumFiles
{
    /// <summary>The file of organisations.</summary>
    public const string OrganisationsFile = "organisations.json";

    /// <summary>The file of agreements.</summary>
    public const string AgreementsFile = "agreements.json";

    /// <summary>The PAP label of sightings without one, where an organisation names no <c>default_pap</c>.</summary>
    public const Pap DefaultPap = Pap.Amber;

    private const long FileBytesMax = 128L * 1024 * 1024;

    /// <summary>Reads and validates both files.</summary>
    /// <exception cref="ConsortiumInvalidException">Something is wrong; it holds all errors, up to its
    /// bound.</exception>
    public static ConsortiumContent Read(string directory)
    {
        var errors = new ErrorList();
        var organisations = ReadList(directory, OrganisationsFile, PolicyBounds.OrganisationsMax, errors)
            .Select((entry, i) => Organisation(i, entry, errors)).ToArray();
        var agreements = ReadList(directory, AgreementsFile, PolicyBounds.AgreementsMax, errors)
            .Select((entry, i) => Agreement(i, entry, errors)).ToArray();
        References.Check(organisations, agreements);
        errors.ThrowIfAny();
        return new([.. organisations.Select(o => o.Value)], [.. agreements.Select(a => a.Value)]);
    }

    private static JsonElement[] ReadList(string directory, string file, int max, ErrorList errors)
    {
        try
        {
            var path = Path.Combine(directory, file);
            if (new FileInfo(path) is { Exists: true, Length: > FileBytesMax })
                throw new JsonException($"has to be of at most {FileBytesMax} bytes");
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Array) throw new JsonException("has to be a list");
            if (document.RootElement.GetArrayLength() > max)
                throw new JsonException($"has to hold at most {max} entries");
            return [.. document.RootElement.EnumerateArray().Select(entry => entry.Clone())];
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"{file}: {failure.Message}");
            return [];
        }
    }

    private static Entry<Organisation> Organisation(int index, JsonElement json, ErrorList errors)
    {
        var entry = new EntryReader(OrganisationsFile, index, json, errors,
            "id", "jurisdiction", "name", "kind", "communities", "clients", "default_pap");
        var jurisdiction = entry.Text("jurisdiction");
        if (jurisdiction is not null && !Jurisdictions.IsKnown(jurisdiction))
            entry.Refuse("jurisdiction", "has to be the code of a Member State (GR for Greece), or EU");
        var id = entry.Organisation("id");
        var name = entry.OptionalText("name") ?? id;
        if (Encoding.UTF8.GetByteCount(name) > PolicyBounds.NameBytesMax)
            entry.Refuse("name", $"has to be of at most {PolicyBounds.NameBytesMax} bytes of UTF-8");
        return new(entry, new(
            id, jurisdiction ?? "", name, entry.Word("kind", Words.OrganisationKinds), [.. entry.Ids("communities")],
            [.. entry.Organisations("clients")], entry.OptionalWord("default_pap", Words.Paps) ?? DefaultPap));
    }

    private static Entry<Agreement> Agreement(int index, JsonElement json, ErrorList errors)
    {
        var entry = new EntryReader(
            AgreementsFile, index, json, errors, "id", "provider", "consumer", "level", "max_tlp",
            "types", "kinds", "valid_from", "valid_until", "revoked");
        var types = entry.Words("types", Words.Types);
        var (from, until) = (entry.Instant("valid_from"), entry.OptionalInstant("valid_until"));
        if (until <= from) entry.Refuse("valid_until", "has to be after valid_from");
        return new(entry, new(
            entry.Id("id"), entry.Party("provider"), entry.Party("consumer"), entry.Word("level", Words.Levels),
            entry.Word("max_tlp", Words.Ceilings),
            types.Count == 0 ? null : types.Aggregate(default(ObservableTypeSet), (set, type) => set.With(type)),
            [.. entry.Words("kinds", Words.Kinds).Order()], from, until, entry.Flag("revoked")));
    }
}

/// <summary>What the two files say, valid in itself: to be appended to a policy history.</summary>
/// <param name="Organisations">The organisations, in the file's order.</param>
/// <param name="Agreements">The agreements, in the file's order.</param>
public sealed record ConsortiumContent(
    ImmutableArray<Organisation> Organisations, ImmutableArray<Agreement> Agreements);

/// <summary>An entry as it was read, and where to report what is wrong with it.</summary>
internal readonly record struct Entry<T>(EntryReader Place, T Value);
