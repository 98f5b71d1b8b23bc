namespace CrossBorderSoc.Contracts.Scoring;

/// <summary>
/// Codes of the Admiralty scale (NATO AJP-2.1): a letter for the reliability of the source, a digit for the credibility of the
/// information, such as <c>B2</c>. The grid keeps the confidence that a code stands for, never the code, so that either way of
/// saying the same is the same content.
/// </summary>
public static class AdmiraltyCode
{
    /// <summary>The confidence (0 to 100) of a code <c>A1</c> to <c>F6</c>; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, out byte confidence)
    {
        confidence = 0;
        if (code.Length != 2 || code[0] is < 'A' or > 'F' || code[1] is < '1' or > '6') return false;
        var percent = ScoreConstants.AdmiraltyCredibility[code[1] - '1'] * ScoreConstants.AdmiraltyReliability[code[0] - 'A'];
        confidence = (byte)((percent + 50) / 100);
        return true;
    }
}
