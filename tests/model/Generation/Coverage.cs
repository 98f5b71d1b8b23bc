using CrossBorderSoc.Tests.Model.Disclosure;

namespace CrossBorderSoc.Tests.Model.Generation;

/// <summary>How often each rule of DESIGN 3.1 decided.</summary>
public sealed class Coverage
{
    private readonly long[] _decided = new long[Enum.GetValues<Rule>().Length];

    public long Decisions => _decided.Sum();

    public void Count(Rule rule) => Interlocked.Increment(ref _decided[(int)rule]);

    /// <summary>The share of decisions that a rule made, 0 to 1.</summary>
    public double Share(Rule rule) => Decisions == 0 ? 0 : (double)_decided[(int)rule] / Decisions;

    /// <summary>The rules that decided less than a share.</summary>
    public IReadOnlyList<Rule> Below(double share) => [.. Enum.GetValues<Rule>().Where(rule => Share(rule) < share)];

    public override string ToString() => string.Join(
        Environment.NewLine,
        Enum.GetValues<Rule>().Select(rule => $"{rule,-24}{Share(rule),8:P2}").Prepend($"{Decisions} decisions"));
}
