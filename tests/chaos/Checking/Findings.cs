using System.Collections.Concurrent;
using Grpc.Core;

namespace CrossBorderSoc.Tests.Chaos.Checking;

/// <summary>What must not be, and how calls ended; of one run.</summary>
internal sealed class Findings
{
    private const int TextsKept = 8;
    private readonly Lock _gate = new();
    private readonly List<string> _texts = [];
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);

    public int LostSum { get; private set; }

    public int DoubledSum { get; private set; }

    public int WrongSum { get; private set; }

    public bool IsClean => LostSum + DoubledSum + WrongSum == 0;

    public IReadOnlyList<string> Texts
    {
        get { lock (_gate) return [.. _texts]; }
    }

    /// <summary>By call and status how many did not succeed.</summary>
    public string Answers => string.Join(", ", _answers.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} {each.Value}"));

    public void Lost(int count, string text) => Keep(text, () => LostSum += count);

    public void Doubled(int count, string text) => Keep(text, () => DoubledSum += count);

    /// <summary>A view, a change or a refusal that cannot be.</summary>
    public void Wrong(string text) => Keep(text, () => WrongSum++);

    public void Answered(string call, StatusCode status) => _answers.AddOrUpdate($"{call} {status}", 1, (_, before) => before + 1);

    private void Keep(string text, Action count)
    {
        lock (_gate)
        {
            count();
            if (_texts.Count < TextsKept) _texts.Add(text);
        }
    }
}
