using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;

namespace CrossBorderSoc.Tests.Unit.Versions;

/// <summary>A value as readable JSON: what it holds, member by member, by reflection and by no codec. Computed members are left out.</summary>
internal static class Shown
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string or Guid or Enum => value.ToString(),
        bool flag => flag,
        IConvertible number => JsonNode.Parse(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        ReadOnlyMemory<byte> bytes => Convert.ToHexStringLower(bytes.Span),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
        Exception failure => new JsonObject { ["Message"] = failure.Message },
        _ => new JsonObject(value.GetType().GetFields(Members).Where(field => NameOf(field).Length > 0)
            .Select(field => KeyValuePair.Create(NameOf(field), Of(ValueOf(field, value))))),
    };

    /// <summary>What of a kept value is otherwise now, by path; empty when nothing is. Members that are new are no difference.</summary>
    public static IEnumerable<string> Differences(JsonNode? kept, JsonNode? now, string path = "")
    {
        if (kept is JsonObject keptMembers && now is JsonObject members)
            return keptMembers.SelectMany(each => members.TryGetPropertyValue(each.Key, out var member)
                ? Differences(each.Value, member, $"{path}/{each.Key}") : [$"{path}/{each.Key}: is gone"]);
        if (kept is JsonArray keptElements && now is JsonArray elements && keptElements.Count == elements.Count)
            return keptElements.SelectMany((each, i) => Differences(each, elements[i], $"{path}/{i}"));
        return JsonNode.DeepEquals(kept, now) ? [] : [$"{path}: kept {kept?.ToJsonString() ?? "null"}, now {now?.ToJsonString() ?? "null"}"];
    }

    // As its property tells it, which may stand in for what an older message lacks.
    private static object? ValueOf(FieldInfo field, object value) => field.IsPublic
        ? field.GetValue(value) : field.DeclaringType!.GetProperty(NameOf(field), Members)!.GetValue(value);

    // Public fields, and those of automatic properties.
    private static string NameOf(FieldInfo field)
    {
        if (field.IsPublic) return field.Name;
        if (!field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)) return "";
        var name = field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)];
        return field.DeclaringType!.GetProperty(name, Members)?.GetMethod is { } get && (get.IsPublic || get.IsAssembly) ? name : "";
    }
}
