namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// IPv4 as four decimal numbers and nothing else (RFC 6943, section 3.1.1, "strict"): programs disagree about
/// <c>010.1.1.1</c> and <c>1.2</c>, so these have no canonical text. What parses is canonical.
/// </summary>
internal static class Ipv4
{
    public static bool TryParse(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        if (text.Length is < 7 or > 15) return false;
        var parts = 0;
        var value = 0;
        var digits = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                if (digits == 0 || ++parts > 3) return false;
                address = (address << 8) | (uint)value;
                value = digits = 0;
                continue;
            }
            var digit = c - '0';
            if ((uint)digit > 9 || (digits > 0 && value == 0)) return false;
            value = (value * 10) + digit;
            digits++;
            if (value > 255) return false;
        }
        address = (address << 8) | (uint)value;
        return parts == 3 && digits > 0;
    }

    public static string Format(uint address) =>
        string.Create(null, stackalloc char[15],
            $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
}
