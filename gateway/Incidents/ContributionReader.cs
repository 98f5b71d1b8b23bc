using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Incidents;

/// <summary>
/// Validates and canonicalises one contribution into a draft, field by field in the order of their numbers; the first offence refuses it.
/// </summary>
internal sealed class ContributionReader(IntakeTerms terms, MarkingReader markings)
{
    /// <summary>Fills an empty draft, or says why not.</summary>
    public Refusal Read(V1.Contribution from, SightingDraft to)
    {
        var refusal = SightingReader.ReadId(from.Id, to);
        if (!refusal.Exists) refusal = SightingReader.ReadObservables(from.Observables, to);
        if (!refusal.Exists) refusal = Bound(to);
        if (!refusal.Exists) refusal = ReadAt(from, to);
        if (!refusal.Exists) refusal = ReadKind(from, to.Observables.Count);
        if (!refusal.Exists) refusal = ReadAffected(from);
        if (!refusal.Exists) refusal = Texts.Free(from.Text, Bounds.DescriptionBytesMax, "text");
        if (!refusal.Exists && from is { Kind: V1.ContributionKind.Note, Text: "" })
            refusal = new("text", "REQUIRED", "A note needs a text.");
        if (!refusal.Exists) refusal = ReadMarking(from, to);
        if (refusal.Exists) return refusal;
        (to.Kind, to.Count, to.Description) = (SightingKind.Contribution, 1, from.Text);
        to.Contribution = new(
            (ContributionKind)from.Kind, (byte)Math.Max((int)from.Status, (int)from.Significance), from.State, from.Sector, from.Service);
        to.Normalise();
        return default;
    }

    // It is told whole at each of them.
    private static Refusal Bound(SightingDraft to)
    {
        if (to.Observables.Count > Bounds.ContributionObservablesMax)
            return new("observables", "TOO_MANY_OBSERVABLES", $"At most {Bounds.ContributionObservablesMax} different ones are allowed.");
        return to.Observables.Sum(one => Encoding.UTF8.GetByteCount(one.Text)) > Bounds.ContributionObservablesBytesMax
            ? new("observables", "TOO_LONG", $"At most {Bounds.ContributionObservablesBytesMax} bytes of UTF-8 are allowed for all together.")
            : default;
    }

    private Refusal ReadAt(V1.Contribution from, SightingDraft to)
    {
        var refusal = Times.Required(from.At, "at", out var at);
        if (refusal.Exists) return refusal;
        if (at > terms.LastSeenMax) return new("at", "TOO_FAR_IN_FUTURE", "It lies more than 24 hours ahead of the grid's clock.");
        if (at < terms.LastSeenMin) return new("at", "OLDER_THAN_RETENTION", $"Statements are kept for {terms.RetentionDays} days.");
        (to.FirstSeen, to.LastSeen) = (at, at);
        return default;
    }

    private static Refusal ReadKind(V1.Contribution from, int observables)
    {
        if (from.Kind == V1.ContributionKind.Unspecified) return new("kind", "NO_KIND", "A contribution needs a kind.");
        if (from.Kind is < V1.ContributionKind.Opened or > V1.ContributionKind.Split)
            return new("kind", "UNKNOWN_KIND", "The kind is none that the grid knows.");
        if (from.Kind is V1.ContributionKind.Link or V1.ContributionKind.Split && observables != 2)
            return new("observables", "NOT_TWO", "A link or a split is of exactly two observables.");
        var refusal = ReadWord(
            (int)from.Status, (int)V1.IncidentStatus.Dismissed, from.Kind == V1.ContributionKind.Status, "status");
        return refusal.Exists ? refusal : ReadWord(
            (int)from.Significance, (int)V1.Significance.LargeScale, from.Kind == V1.ContributionKind.Significance, "significance");
    }

    private static Refusal ReadWord(int value, int last, bool isRequired, string field)
    {
        if (!isRequired) return value == 0 ? default : new(field, "NOT_OF_THIS_KIND", "A contribution of this kind does not say it.");
        if (value == 0) return new(field, "REQUIRED", "A contribution of this kind has to say it.");
        return value > 0 && value <= last ? default : new(field, "UNKNOWN_VALUE", "The value is none that the grid knows.");
    }

    private static Refusal ReadAffected(V1.Contribution from)
    {
        var isSaid = from.State.Length + from.Sector.Length + from.Service.Length > 0;
        if (from.Kind != V1.ContributionKind.Affected)
            return isSaid ? new("state", "NOT_OF_THIS_KIND", "Only a contribution of kind AFFECTED says state, sector or service.") : default;
        if (!isSaid) return new("state", "REQUIRED", "Say the state, the sector or the service that is affected.");
        if (from.State.Length > 0 && (!Jurisdictions.IsKnown(from.State) || from.State == Jurisdictions.Eu))
            return new("state", "UNKNOWN_STATE", "A state is the ISO 3166 code of a Member State, such as BE.");
        var refusal = Texts.Line(from.Sector, Bounds.AssetFieldBytesMax, "sector");
        return refusal.Exists ? refusal : Texts.Line(from.Service, Bounds.AssetFieldBytesMax, "service");
    }

    private Refusal ReadMarking(V1.Contribution from, SightingDraft to)
    {
        var refusal = markings.Read(from.Marking, out var index);
        to.MarkingIndex = index;
        return refusal;
    }
}
