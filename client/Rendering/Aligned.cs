namespace CrossBorderSoc.Client.Rendering;

/// <summary>Joins two lists by key into one that keeps the order of both as far as they agree.</summary>
internal static class Aligned
{
    /// <summary>Each key once, with what either side has for it. The n-th of equal keys meets the n-th.</summary>
    public static IEnumerable<(string Key, T? Left, T? Right)> Join<T>(
        IReadOnlyList<T> left, IReadOnlyList<T> right, Func<T, string> key)
        where T : class
    {
        var ones = Numbered(left, key);
        var others = Numbered(right, key);
        var order = ones.Select(one => one.Key).ToList();
        var known = order.ToHashSet();
        var at = -1;
        foreach (var other in others)
        {
            if (known.Contains(other.Key)) at = order.IndexOf(other.Key);
            else order.Insert(++at, other.Key);
        }
        var byLeft = ones.ToDictionary(one => one.Key, one => one.Entry);
        var byRight = others.ToDictionary(other => other.Key, other => other.Entry);
        return order.Select(k => (k.Text, byLeft.GetValueOrDefault(k), byRight.GetValueOrDefault(k)));
    }

    private static List<((string Text, int Nth) Key, T Entry)> Numbered<T>(IReadOnlyList<T> list, Func<T, string> key)
    {
        var seen = new Dictionary<string, int>();
        return [.. list.Select(entry =>
        {
            var text = key(entry);
            return ((text, seen[text] = seen.GetValueOrDefault(text) + 1), entry);
        })];
    }
}
