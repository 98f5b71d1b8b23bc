using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Gateway.Errors;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>
/// One answer in the making: what all of its parts share, and what became of them. Safe for concurrent use.
/// </summary>
/// <param name="question">Who asks, and the one instant that every part is decided for.</param>
/// <param name="unreachable">The jurisdictions that were out when it began, read once: what returns meanwhile is still named.</param>
/// <param name="policy">Says which jurisdictions there may be sightings of; null for none but the caller's own.</param>
internal sealed class Asking(Question question, ImmutableArray<string> unreachable, PolicyHistory? policy)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private int? _policyVersion;

    /// <summary>Passed on to every home that is asked.</summary>
    public Question Question => question;

    /// <summary>Whether only what the caller's own organisation said is asked for, at its own home: no policy decides.</summary>
    public bool IsOwnOnly => question.IsOwnOnly;

    /// <summary>Whether two parts were decided under different policy versions.</summary>
    public bool PoliciesDiffer { get; private set; }

    /// <summary>The homes that may know of assets and of what they join, other than the caller's own.</summary>
    public IEnumerable<Home> ForeignHomes(Home own) => JoinHomes.Of(policy).Where(home => home != own);

    /// <summary>Adds the policy version that decided a part.</summary>
    public void Decided(int policyVersion)
    {
        lock (_lock) PoliciesDiffer |= (_policyVersion ??= policyVersion) != policyVersion;
    }

    /// <summary>The hub's part, unless only what is the caller's own is asked for.</summary>
    /// <param name="ask">Asks the hub.</param>
    /// <param name="without">What stands for its part then.</param>
    public Task<T> OfHub<T>(Func<Task<T>> ask, T without) => IsOwnOnly ? Task.FromResult(without) : ask();

    /// <summary>
    /// The part of a home that the view names. A jurisdiction without any silo is missing, and named as out; one that is there and
    /// fails, fails the answer.
    /// </summary>
    /// <param name="home">A jurisdiction other than the caller's.</param>
    /// <param name="ask">Asks it.</param>
    /// <param name="without">What stands for the part of one that is out.</param>
    public async Task<T> OfForeign<T>(Home home, Func<Task<T>> ask, T without)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (GridErrors.IsUnavailable(failure) && unreachable.Contains(home.Code))
        {
            lock (_lock) _missing.Add(home.Code);
            return without;
        }
    }

    /// <summary>The answer, once every part has been asked for.</summary>
    public Answer<T> Answer<T>(T view) => IsOwnOnly
        ? new(view, question, 0, unreachable.Add(Home.Hub.Code), [Home.Hub.Code])
        : new(view, question, _policyVersion ?? 0, unreachable, [.. _missing]);
}
