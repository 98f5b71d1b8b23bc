using k8s.Models;

namespace CrossBorderSoc.Tests.K8s.Rules;

/// <summary>Whether a label selector selects, as Kubernetes defines it: an empty one everything, none nothing.</summary>
internal static class Selecting
{
    public static bool Selects(V1LabelSelector? selector, IDictionary<string, string> labels) =>
        selector is not null && SelectsAll(selector.MatchLabels, labels) && (selector.MatchExpressions ?? []).All(one => Holds(one, labels));

    public static bool SelectsAll(IDictionary<string, string>? wanted, IDictionary<string, string> labels) =>
        wanted is null || wanted.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private static bool Holds(V1LabelSelectorRequirement one, IDictionary<string, string> labels)
    {
        var value = labels.TryGetValue(one.Key, out var found) ? found : null;
        return one.OperatorProperty switch
        {
            "In" => value is not null && one.Values.Contains(value),
            "NotIn" => value is null || !one.Values.Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => throw new InvalidOperationException($"There is no operator {one.OperatorProperty}."),
        };
    }
}
