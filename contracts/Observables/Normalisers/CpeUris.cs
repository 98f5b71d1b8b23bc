using System.Diagnostics.CodeAnalysis;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// CPE 2.2 URIs, unbound as NIST IR 7695, 6.1.3 says: nothing is "any", <c>%01</c> and <c>%02</c> are the unquoted
/// question mark and asterisk, and an edition that begins with a tilde holds five values. What the procedure makes no
/// lawful value of is refused.
/// </summary>
internal static class CpeUris
{
    private const int ComponentsMax = 7;
    private const int EditionAt = 5;
    private const int PackedValues = 5;

    /// <summary>The eleven values of the formatted string, joined by colons; false with the problem.</summary>
    public static bool TryToParts(
        ReadOnlySpan<char> uri, out string parts, [NotNullWhen(false)] out string? problem)
    {
        parts = "";
        problem = "A CPE 2.2 URI has at most 7 components; a packed edition has 5 values.";
        var components = uri.ToString().Split(':');
        if (components.Length > ComponentsMax) return false;
        Array.Resize(ref components, ComponentsMax);
        var edition = components[EditionAt] ?? "";
        var isPacked = edition.StartsWith('~');
        var packed = isPacked ? edition[1..].Split('~', PackedValues) : [edition, "", "", "", ""];
        if (packed.Length < PackedValues) return false;

        problem = "A component of the CPE 2.2 URI has a character or a percent-encoding that it must not have.";
        // The language stands between the edition and what is packed behind it (6.2).
        string?[] values = [.. components[..EditionAt], packed[0], components[^1], .. packed[1..]];
        var buffer = new TextBuffer(stackalloc char[256]);
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (i > 0) buffer.Append(':');
                if (!TryDecode(values[i], ref buffer)) return false;
            }
            parts = new string(buffer.Written);
        }
        finally
        {
            buffer.Dispose();
        }
        problem = null;
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<char> component, ref TextBuffer into)
    {
        if (component.IsEmpty)
        {
            into.Append('*');
            return true;
        }
        // Decoded, it would say "any", which is written as nothing.
        if (component is "%02") return false;
        while (!component.IsEmpty)
        {
            var length = component[0] == '%' ? 3 : 1;
            if (component.Length < length || !TryDecodeOne(component[..length], ref into)) return false;
            component = component[length..];
        }
        return true;
    }

    private static bool TryDecodeOne(ReadOnlySpan<char> form, ref TextBuffer into)
    {
        var c = form[0];
        if (form.Length == 3)
        {
            if (!char.IsAsciiHexDigit(form[1]) || !char.IsAsciiHexDigit(form[2])) return false;
            var value = (Percent.HexValue(form[1]) << 4) | Percent.HexValue(form[2]);
            if (value is 1 or 2)
            {
                into.Append(value == 1 ? '?' : '*');
                return true;
            }
            c = (char)value;
            // The table of legal forms has punctuation only, and not what stands for itself.
            if (c is < '!' or > '~' || char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') return false;
        }
        else if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~'))
        {
            return false;
        }
        if (form.Length == 3 || c == '~') into.Append('\\');
        into.Append(c);
        return true;
    }
}
