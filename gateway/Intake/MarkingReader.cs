using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Sightings;

namespace CrossBorderSoc.Gateway.Intake;

/// <summary>
/// Reads the markings of one batch into its table, defaults resolved. Batches repeat few markings, so each is read once
/// and found again by its message.
/// </summary>
internal sealed class MarkingReader(IntakeTerms terms, SightingBatchBuilder batch)
{
    private readonly Dictionary<V1.Marking, int> _known = [];
    private V1.Marking? _last;
    private int _lastIndex;

    /// <summary>Gives the index of a marking in the batch's table, or a refusal.</summary>
    public Refusal Read(V1.Marking? message, out int index)
    {
        index = _lastIndex;
        if (message is null) return new("marking.tlp", "NO_TLP", "A sighting needs a marking with a TLP label.");
        if (_last is not null && _last.Equals(message)) return default;
        if (!_known.TryGetValue(message, out index))
        {
            var refusal = ReadNew(message, out var marking);
            if (refusal.Exists) return refusal;
            index = batch.AddMarking(marking!);
            _known.Add(message, index);
        }
        (_last, _lastIndex) = (message, index);
        return default;
    }

    private Refusal ReadNew(V1.Marking message, out Marking? marking)
    {
        marking = null;
        var refusal = Labels(message);
        if (refusal.Exists) return refusal;
        refusal = Recipients(message, out var recipients);
        if (refusal.Exists) return refusal;
        refusal = Times.Optional(message.EmbargoUntil, "marking.embargo_until", out var embargo);
        if (refusal.Exists) return refusal;
        refusal = Times.Optional(message.ExpiresAt, "marking.expires_at", out var expiry);
        if (refusal.Exists) return refusal;
        if (expiry <= embargo)
            return new("marking.expires_at", "EXPIRES_BEFORE_EMBARGO",
                "The marking must expire after its embargo ends.");

        var tlp = (Tlp)message.Tlp;
        var pap = message.Pap != V1.Pap.Unspecified ? (Pap)message.Pap : terms.Owner.DefaultPap;
        var attribution = message.Attribution != V1.Attribution.Unspecified
            ? (Attribution)message.Attribution
            : Marking.DefaultAttribution(tlp);
        marking = new(tlp, pap == Pap.Unspecified ? Pap.Amber : pap, attribution, recipients, embargo, expiry);
        return default;
    }

    private static Refusal Labels(V1.Marking message)
    {
        if (message.Tlp == V1.Tlp.Unspecified)
            return new("marking.tlp", "NO_TLP", "A sighting needs a marking with a TLP label.");
        if (message.Tlp is < V1.Tlp.Clear or > V1.Tlp.Red)
            return new("marking.tlp", "UNKNOWN_TLP", "The TLP label is none that the grid knows.");
        if (message.Pap is < V1.Pap.Unspecified or > V1.Pap.Red)
            return new("marking.pap", "UNKNOWN_PAP", "The PAP label is none that the grid knows.");
        if (message.Attribution is < V1.Attribution.Unspecified or > V1.Attribution.Jurisdiction)
            return new("marking.attribution", "UNKNOWN_ATTRIBUTION", "The attribution is none that the grid knows.");
        return default;
    }

    private Refusal Recipients(V1.Marking message, out ImmutableArray<Recipient> recipients)
    {
        recipients = [];
        if (message.Recipients.Count == 0) return default;
        if (message.Recipients.Count > Bounds.MarkingRecipientsMax)
            return new("marking.recipients", "TOO_MANY_RECIPIENTS",
                $"At most {Bounds.MarkingRecipientsMax} recipients are allowed.");
        if (message.Recipients.Sum(Encoding.UTF8.GetByteCount) > Bounds.MarkingRecipientsBytesMax)
            return new("marking.recipients", "TOO_LONG",
                $"At most {Bounds.MarkingRecipientsBytesMax} bytes of UTF-8 are allowed for all recipients together.");
        var named = new SortedSet<Recipient>();
        for (var i = 0; i < message.Recipients.Count; i++)
        {
            var (reason, why) = Judge(message.Recipients[i], out var recipient);
            if (reason is not null)
                return new(string.Create(CultureInfo.InvariantCulture, $"marking.recipients[{i}]"), reason, why);
            named.Add(recipient);
        }
        recipients = [.. named];
        return default;
    }

    private (string? Reason, string Message) Judge(string text, out Recipient recipient)
    {
        recipient = default;
        if (Texts.IsOver(text, Bounds.RecipientBytesMax))
            return ("TOO_LONG", $"At most {Bounds.RecipientBytesMax} bytes of UTF-8 are allowed.");
        if (Texts.Line(text, Bounds.RecipientBytesMax, "").Exists)
            return ("CONTROL_CHARACTER", "Control characters are not allowed here.");
        if (!Recipient.TryParse(text, out recipient))
            return ("INVALID_RECIPIENT", "A recipient is organisation:ID, community:ID or person:NAME@ORGANISATION.");
        // One answer for what does not exist and what the owner cannot see.
        return Exists(recipient)
            ? default
            : ("RECIPIENT_NOT_FOUND", "You cannot name this recipient (or it might not exist).");
    }

    private bool Exists(Recipient recipient) => recipient.Kind == RecipientKind.Community
        ? terms.Owner.Communities.BinarySearch(recipient.Id, StringComparer.Ordinal) >= 0
        : terms.Policy.Find(recipient.OrganisationId) is not null;
}
