using System.Globalization;
using System.Text;
using System.Text.Json;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Grains.Consortium;

/// <summary>
/// Reads the fields of one entry of a file; what is wrong is reported with file, entry and field, and reading goes on.
/// </summary>
internal sealed class EntryReader
{
    private readonly string _place;
    private readonly JsonElement _entry;
    private readonly ErrorList _errors;

    public EntryReader(string file, int index, JsonElement entry, ErrorList errors, params ReadOnlySpan<string> fields)
    {
        (_entry, _errors) = (entry, errors);
        var isObject = entry.ValueKind == JsonValueKind.Object;
        var id = isObject && entry.TryGetProperty("id", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
        _place = $"{file}: entry {index} ({(id is null ? "without id" : Shorten(id))})";
        if (!isObject)
        {
            Refuse("", "has to be an object");
            _entry = JsonElement.Parse("{}");
            return;
        }
        foreach (var property in entry.EnumerateObject())
            if (!fields.Contains(property.Name)) Refuse(property.Name, "is not a known field");
    }

    /// <summary>Reports a field.</summary>
    public void Refuse(string field, string reason) => _errors.Add($"{_place}: {Shorten(field)}: {reason}");

    /// <summary>An identifier: 1 to 128 characters of <c>[a-z0-9._-]</c>; empty when reported.</summary>
    public string Id(string field) => Text(field) is { } id ? Checked(field, id) : "";

    /// <summary>An organisation's identifier (<see cref="OrganisationId"/>); empty when reported.</summary>
    public string Organisation(string field) => Text(field) is { } id ? CheckedOrganisation(field, id) : "";

    /// <summary>A text that has to be there; null when reported.</summary>
    public string? Text(string field)
    {
        if (_entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Refuse(field, "has to be a text");
        return null;
    }

    /// <summary>A text, or null when the field is absent or null.</summary>
    public string? OptionalText(string field) => IsAbsent(field) ? null : Text(field);

    /// <summary>One of some words; the default when reported.</summary>
    public T Word<T>(string field, IReadOnlyDictionary<string, T> words) where T : struct =>
        Text(field) is { } word ? Word(field, word, words) : default;

    /// <summary>One of some words, or null when the field is absent or null.</summary>
    public T? OptionalWord<T>(string field, IReadOnlyDictionary<string, T> words) where T : struct =>
        IsAbsent(field) ? null : Word(field, words);

    /// <summary>A list of distinct words; empty when absent.</summary>
    public List<T> Words<T>(string field, IReadOnlyDictionary<string, T> words) where T : struct =>
        [.. Texts(field).Select(text => Word(field, text, words))];

    /// <summary>A list of distinct identifiers, sorted; empty when absent.</summary>
    public string[] Ids(string field) => Sorted(field, Checked);

    /// <summary>A list of distinct identifiers of organisations, sorted; empty when absent.</summary>
    public string[] Organisations(string field) => Sorted(field, CheckedOrganisation);

    /// <summary>An organisation's identifier, or <c>community:</c> and a community's.</summary>
    public Party Party(string field)
    {
        if (Text(field) is not { } text) return Contracts.Policy.Party.Organisation("");
        var party = Contracts.Policy.Party.Parse(text);
        return party with { Id = party.IsCommunity ? Checked(field, party.Id) : CheckedOrganisation(field, party.Id) };
    }

    /// <summary>An instant of RFC 3339 with its offset, in Unix milliseconds.</summary>
    public long Instant(string field)
    {
        if (Text(field) is not { } text) return 0;
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (hasOffset && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && text.Length >= 20
                && text[10] == 'T')
            return instant.ToUnixTimeMilliseconds();
        Refuse(field, "has to be an instant with its offset, such as 2026-01-01T00:00:00Z");
        return 0;
    }

    /// <summary>An instant, or null when the field is absent or null.</summary>
    public long? OptionalInstant(string field) => IsAbsent(field) ? null : Instant(field);

    /// <summary>A flag; false when absent.</summary>
    public bool Flag(string field)
    {
        if (IsAbsent(field)) return false;
        var kind = _entry.GetProperty(field).ValueKind;
        if (kind is not (JsonValueKind.True or JsonValueKind.False)) Refuse(field, "has to be true or false");
        return kind == JsonValueKind.True;
    }

    private bool IsAbsent(string field) =>
        !_entry.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null;

    private List<string> Texts(string field)
    {
        var texts = new List<string>();
        if (IsAbsent(field)) return texts;
        var list = _entry.GetProperty(field);
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(
            e => e.ValueKind != JsonValueKind.String))
        {
            Refuse(field, "has to be a list of texts");
            return texts;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in list.EnumerateArray().Select(e => e.GetString()!))
        {
            if (seen.Add(text)) texts.Add(text);
            else Refuse(field, $"names {Shorten(text)} twice");
        }
        return texts;
    }

    private T Word<T>(string field, string word, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (words.TryGetValue(word, out var value)) return value;
        Refuse(field, $"{Shorten(word)} is none of {string.Join(", ", words.Keys)}");
        return default;
    }

    private string[] Sorted(string field, Func<string, string, string> check)
    {
        var ids = Texts(field);
        foreach (var id in ids) check(field, id);
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    // Their tokens are files of that name, so one may not begin with a dot or a hyphen.
    private string CheckedOrganisation(string field, string id)
    {
        if (OrganisationId.IsValid(id)) return id;
        const string Rule = "is no identifier of an organisation: 1 to 128 characters of a-z, 0-9, '.', '_' and '-', "
            + "beginning with a letter or digit";
        Refuse(field, $"{Shorten(id)} {Rule}");
        return "";
    }

    private string Checked(string field, string id)
    {
        var isGood = id.Length is > 0 and <= PolicyBounds.IdBytesMax
            && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');
        if (isGood) return id;
        const string Rule = "is no identifier: 1 to 128 characters of a-z, 0-9, '.', '_' and '-'";
        Refuse(field, $"{Shorten(id)} {Rule}");
        return "";
    }

    private static string Shorten(string text)
    {
        var clean = new StringBuilder("'");
        foreach (var c in text.Length > 80 ? text.AsSpan(0, 80) : text) clean.Append(char.IsControl(c) ? '?' : c);
        return clean.Append(text.Length > 80 ? "…'" : "'").ToString();
    }
}
