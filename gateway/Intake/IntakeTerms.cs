using CrossBorderSoc.Contracts.Policy;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>What a batch is judged by: one owner, one policy version, one instant.</summary>
/// <param name="Owner">The owner's organisation.</param>
/// <param name="Policy">The policy version.</param>
/// <param name="Now">The grid's time, Unix milliseconds UTC.</param>
/// <param name="RetentionDays">How long evidence is kept, in days.</param>
public sealed record IntakeTerms(Organisation Owner, PolicyVersion Policy, long Now, int RetentionDays)
{
    /// <summary>The latest last-seen that is taken.</summary>
    public long LastSeenMax => Now + Contracts.Bounds.FutureMillisecondsMax;

    /// <summary>The earliest last-seen that is taken.</summary>
    public long LastSeenMin => Now - RetentionDays * 86_400_000L;
}
