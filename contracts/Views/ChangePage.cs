using System.Collections.Immutable;
using CrossBorderSoc.Contracts.Observables;

namespace CrossBorderSoc.Contracts.Views;

/// <summary>An observable of which a caller's view changed, and since when it has.</summary>
/// <param name="At">When it became true for the caller: acceptance, the end of an embargo, expiry, or a change of policy; Unix milliseconds
/// UTC.</param>
/// <param name="Observable">The observable.</param>
/// <param name="InIncidentsOnly">Whether nothing changed but what is said of incidents that hold it.</param>
/// <param name="Lost">What the caller may have lost of it.</param>
[GenerateSerializer, Immutable, Alias("Changed")]
public readonly record struct Changed([property: Id(0)] long At, [property: Id(1)] Observable Observable,
    [property: Id(2)] bool InIncidentsOnly = false, [property: Id(3)] Lost Lost = default) : IComparable<Changed>
{
    /// <summary>This and another change of the same observable as one, of the later instant.</summary>
    public Changed Plus(in Changed other) =>
        new(Math.Max(At, other.At), Observable, InIncidentsOnly && other.InIncidentsOnly, Lost.Plus(other.Lost));

    /// <inheritdoc/>
    public int CompareTo(Changed other) => At != other.At ? At.CompareTo(other.At) : ByText.Compare(Observable, other.Observable);

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(Changed);
}

/// <summary>What of one home changed for a caller.</summary>
/// <param name="Changed">The observables whose view changed, each once, in the order of (instant, text, type).</param>
/// <param name="Next">The place up to which that is all; the place that was asked about where it cannot be told yet.</param>
/// <param name="End">The position up to which was to be read: to be given back with the next page's question.</param>
/// <param name="IsTooMuch">Whether so much changed at once that it is not told one by one: the caller lists again.</param>
/// <param name="IsBehind">Whether there is another page up to the end. Where pages end depends on what the caller may not see, so only
/// all of them together may be told.</param>
[GenerateSerializer, Immutable, Alias("ChangePage")]
public sealed record ChangePage(
    [property: Id(0)] ImmutableArray<Changed> Changed, [property: Id(1)] ChangePlace Next, [property: Id(2)] long End,
    [property: Id(3)] bool IsTooMuch, [property: Id(4)] bool IsBehind)
{
    /// <summary>At the hub: what of other homes' ledgers the page holds, or what of them may have become another for the caller. A node of an
    /// earlier version tells of none.</summary>
    [Id(5)]
    public ImmutableArray<ChangedElsewhere> Elsewhere { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>
/// What came of a home's ledger to the hub, and whether it concerns what the caller sees of whole sightings in Full: then what their assets join
/// is to be asked for there.
/// </summary>
/// <param name="Jurisdiction">The home.</param>
/// <param name="Epoch">The epoch of its ledger.</param>
/// <param name="From">The position in its ledger up to which (inclusive) the hub had it before.</param>
/// <param name="To">The position up to which (inclusive) the hub has it.</param>
/// <param name="Gains">Whether the caller sees something of it in Full that is new, or was not seen so.</param>
/// <param name="Loses">Whether the caller saw something in Full that is not seen so any more.</param>
[GenerateSerializer, Immutable, Alias("ChangedElsewhere")]
public readonly record struct ChangedElsewhere(
    [property: Id(0)] string Jurisdiction, [property: Id(1)] int Epoch, [property: Id(2)] long From, [property: Id(3)] long To,
    [property: Id(4)] bool Gains, [property: Id(5)] bool Loses)
{
    /// <summary>This and what came of the same home in the same step, in either order.</summary>
    public ChangedElsewhere Plus(in ChangedElsewhere other) => new(
        Jurisdiction, Math.Max(Epoch, other.Epoch), Math.Min(From, other.From), Math.Max(To, other.To), Gains || other.Gains,
        Loses || other.Loses);

    /// <summary>Nothing of it: logs print what calls carry.</summary>
    public override string ToString() => nameof(ChangedElsewhere);
}
