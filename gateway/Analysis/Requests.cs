using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Gateway.Errors;
using CrossBorderSoc.Gateway.Intake;

namespace CrossBorderSoc.Gateway.Analysis;

/// <summary>Reads the arguments of questions; throws INVALID_ARGUMENT.</summary>
internal static class Requests
{
    /// <summary>The observable that is asked for, in canonical form.</summary>
    public static Observable Observable(V1.Observable? message)
    {
        if (message is null) throw Refused.Field("observable", "NO_OBSERVABLE", "An observable is required.");
        return ObservableParser.TryParse(message.Type, message.Value, out var observable, out var error)
            ? observable
            : throw Refused.Field("observable." + error.Field, error.Reason, error.Message);
    }

    /// <summary>A text of 1 to so many bytes of UTF-8.</summary>
    public static string Text(string text, int bytesMax, string field)
    {
        if (text.Length == 0) throw Refused.Field(field, "REQUIRED", "A text is required here.");
        var refusal = Texts.Line(text, bytesMax, field);
        return refusal.Exists ? throw Refused.Field(refusal.Field, refusal.Reason, refusal.Message) : text;
    }

    /// <summary>A sector that is asked for, whatever its spelling in white space around it and case.</summary>
    public static TrendName Sector(string text, string field) =>
        TrendName.OfSector(Text(text, Bounds.AssetFieldBytesMax, field))
        ?? throw Refused.Field(field, "REQUIRED", "A text is required here.");

    /// <summary>A number from 1 to a bound, zero meaning a default.</summary>
    public static int Limit(uint asked, int usual, int max, string field)
    {
        if (asked > (uint)max)
            throw Refused.Field(field, "OUT_OF_RANGE", string.Create(null, $"It must be from 0 to {max}."));
        return asked == 0 ? usual : (int)asked;
    }
}
