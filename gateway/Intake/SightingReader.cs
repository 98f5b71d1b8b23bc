using System.Buffers;
using System.Globalization;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Scoring;
using CrossBorderSoc.Contracts.Sightings;
using Google.Protobuf.Collections;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>
/// Validates and canonicalises one sighting into a draft, field by field in the order of their numbers; the first
/// offence refuses the whole sighting. On the path of every sighting: nothing is allocated unless it is refused.
/// </summary>
internal sealed class SightingReader(IntakeTerms terms, MarkingReader markings)
{
    private static readonly SearchValues<char> UuidChars = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>Fills an empty draft, or says why not.</summary>
    public Refusal Read(V1.Sighting from, SightingDraft to)
    {
        var refusal = ReadId(from.Id, to);
        if (!refusal.Exists) refusal = ReadObservables(from.Observables, to);
        if (!refusal.Exists && from.Asset is not null) refusal = AssetReader.Read(from.Asset, to);
        if (!refusal.Exists) refusal = ReadTimes(from, to);
        if (!refusal.Exists) refusal = ReadStatement(from, to);
        if (!refusal.Exists) refusal = ReadMarking(from, to);
        if (!refusal.Exists && from.Techniques.Count > 0) refusal = ReadTechniques(from, to);
        if (!refusal.Exists) refusal = Texts.Free(from.Description, Bounds.DescriptionBytesMax, "description");
        if (!refusal.Exists) refusal = Texts.Line(from.SourceRef, Bounds.SourceRefBytesMax, "source_ref");
        if (refusal.Exists) return refusal;
        (to.Description, to.SourceRef) = (from.Description, from.SourceRef);
        to.Normalise();
        return default;
    }

    /// <summary>Reads a statement's identifier.</summary>
    public static Refusal ReadId(string text, SightingDraft to)
    {
        // The parser of Guid trims and takes signs; a UUID has neither.
        if (text.Length != 36 || text.AsSpan().ContainsAnyExcept(UuidChars)
            || !Guid.TryParseExact(text, "D", out var id))
            return new("id", "INVALID_ID", "The identifier must be a UUID of 36 characters.");
        to.Id = id;
        return default;
    }

    /// <summary>Reads what a statement names.</summary>
    public static Refusal ReadObservables(RepeatedField<V1.Observable> messages, SightingDraft to)
    {
        if (messages.Count == 0) return new("observables", "NO_OBSERVABLES", "At least one observable is required.");
        for (var i = 0; i < messages.Count; i++)
        {
            if (!ObservableParser.TryParse(messages[i].Type, messages[i].Value, out var observable, out var error))
                return new(string.Create(CultureInfo.InvariantCulture, $"observables[{i}].{error.Field}"),
                    error.Reason, error.Message);
            if (i > 0 && to.Observables.Contains(observable)) continue;
            if (to.Observables.Count == Bounds.SightingObservablesMax)
                return new("observables", "TOO_MANY_OBSERVABLES",
                    $"At most {Bounds.SightingObservablesMax} different ones are allowed.");
            to.Observables.Add(observable);
        }
        return default;
    }

    private Refusal ReadTimes(V1.Sighting from, SightingDraft to)
    {
        var refusal = Times.Required(from.FirstSeen, "first_seen", out var first);
        if (refusal.Exists) return refusal;
        if (first < Times.Year2000) return new("first_seen", "BEFORE_2000", "Nothing was seen before the year 2000.");
        refusal = Times.Required(from.LastSeen, "last_seen", out var last);
        if (refusal.Exists) return refusal;
        if (last > terms.LastSeenMax)
            return new("last_seen", "TOO_FAR_IN_FUTURE", "It lies more than 24 hours ahead of the grid's clock.");
        if (first > last) return new("first_seen", "TIME_ORDER", "It lies after last_seen.");
        if (last < terms.LastSeenMin)
            return new("last_seen", "OLDER_THAN_RETENTION", $"Sightings are kept for {terms.RetentionDays} days.");
        (to.FirstSeen, to.LastSeen) = (first, last);
        return default;
    }

    private static Refusal ReadStatement(V1.Sighting from, SightingDraft to)
    {
        if (from.Kind == V1.Kind.Unspecified) return new("kind", "NO_KIND", "A sighting needs a kind.");
        if (from.Kind is < V1.Kind.Positive or > V1.Kind.Expiration)
            return new("kind", "UNKNOWN_KIND", "The kind is none that the grid knows.");
        if (from.Confidence > 100) return new("confidence", "CONFIDENCE_OUT_OF_RANGE", "It must be from 0 to 100.");
        to.Count = from.Count == 0 ? 1 : from.Count;
        to.Kind = (SightingKind)from.Kind;
        to.Confidence = (byte)from.Confidence;
        return from.Admiralty.Length == 0 ? default : ReadAdmiralty(from, to);
    }

    private static Refusal ReadAdmiralty(V1.Sighting from, SightingDraft to)
    {
        if (from.Confidence > 0)
            return new("admiralty", "CONFIDENCE_AND_ADMIRALTY", "Give either a confidence or an Admiralty code.");
        if (!AdmiraltyCode.TryParse(from.Admiralty, out var confidence))
            return new("admiralty", "INVALID_ADMIRALTY", "An Admiralty code is a letter A to F and a digit 1 to 6, such as B2.");
        to.Confidence = confidence;
        return default;
    }

    private Refusal ReadMarking(V1.Sighting from, SightingDraft to)
    {
        var refusal = markings.Read(from.Marking, out var index);
        to.MarkingIndex = index;
        return refusal;
    }

    private static Refusal ReadTechniques(V1.Sighting from, SightingDraft to)
    {
        for (var i = 0; i < from.Techniques.Count; i++)
        {
            var technique = from.Techniques[i];
            if (!IsTechnique(technique))
                return new(string.Create(CultureInfo.InvariantCulture, $"techniques[{i}]"), "INVALID_TECHNIQUE",
                    "A technique looks like T1071 or T1071.001.");
            if (to.Techniques.Contains(technique)) continue;
            if (to.Techniques.Count == Bounds.SightingTechniquesMax)
                return new("techniques", "TOO_MANY_TECHNIQUES", $"At most {Bounds.SightingTechniquesMax} are allowed.");
            to.Techniques.Add(technique);
        }
        return default;
    }

    /// <summary>Whether a text looks like an ATT&amp;CK technique's identifier.</summary>
    public static bool IsTechnique(ReadOnlySpan<char> text) =>
        text.Length is 5 or 9 && text[0] == 'T' && !text[1..5].ContainsAnyExceptInRange('0', '9')
        && (text.Length == 5 || (text[5] == '.' && !text[6..].ContainsAnyExceptInRange('0', '9')));
}
