using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Contracts.Observables.Normalisers;

/// <summary>
/// UTS 46 (non-transitional) from U-labels to A-labels, by the ICU that .NET runs on. Label by label, so that ASCII
/// labels never depend on it.
/// </summary>
internal static class Idna
{
    // 253 characters of U-labels and whatever UTS 46 ignores; more is no name.
    private const int InputCharsMax = 1024;

    private static readonly IdnMapping Mapping = Verified();

    public static bool TryToAscii(string name, out string? ascii)
    {
        ascii = null;
        if (name.Length > InputCharsMax) return false;
        // The three full stops that UTS 46 maps to a dot; and the capital sharp s, which ICU 74 and older map to "ss"
        // but UTS 46 since Unicode 15.1 to a sharp s: one text, whatever the ICU.
        var labels = name.Replace('。', '.').Replace('．', '.').Replace('｡', '.').Replace('ẞ', 'ß').Split('.');
        try
        {
            for (var i = 0; i < labels.Length; i++)
                labels[i] = Ascii.IsValid(labels[i]) ? labels[i].ToLowerInvariant() : Mapping.GetAscii(labels[i]);
        }
        catch (ArgumentException)
        {
            return false;
        }
        ascii = string.Join('.', labels);
        return true;
    }

    // In invariant mode .NET maps by rules of its own: two nodes would give one name two identities.
    private static IdnMapping Verified()
    {
        var mapping = new IdnMapping { AllowUnassigned = false, UseStd3AsciiRules = false };
        return mapping.GetAscii("Ａ\u00ADßÜ") == "xn--a-qfa1g"
            ? mapping
            : throw new PlatformNotSupportedException(
                "Domain names need ICU: install libicu and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
    }
}
