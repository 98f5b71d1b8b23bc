namespace CrossBorderSoc.Tests.Bench.Traffic;

/// <summary>What one owner sends, over and over, and how much of it was acknowledged as new.</summary>
internal sealed class OwnerTraffic(Owner owner, BatchTemplate[] templates)
{
    private readonly long[] _accepted = new long[templates.Length];

    /// <summary>Who sends.</summary>
    public Owner Owner => owner;

    /// <summary>The batches of one turn, in order.</summary>
    public BatchTemplate[] Templates => templates;

    /// <summary>Notes that a template was sent once and every sighting of it accepted. By the owner's stream only.</summary>
    public void Accepted(int template) => _accepted[template]++;

    /// <summary>The same traffic with a count of its own.</summary>
    public OwnerTraffic Anew() => new(owner, templates);

    /// <summary>How often a template was accepted.</summary>
    public long TimesAccepted(int template) => _accepted[template];
}
