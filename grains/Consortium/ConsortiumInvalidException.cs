namespace CrossBorderSoc.Grains.Consortium;

/// <summary>The files of a consortium are not valid; nothing of them was taken.</summary>
/// <param name="errors">What is wrong: file, entry, field and reason, a line each.</param>
public sealed class ConsortiumInvalidException(IReadOnlyList<string> errors)
    : Exception("The consortium is not valid:" + Environment.NewLine + string.Join(Environment.NewLine, errors))
{
    /// <summary>What is wrong, at most <see cref="ErrorsMax"/> lines, in the order of the files.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;

    /// <summary>Most errors that one reading reports.</summary>
    public const int ErrorsMax = 100;
}
