using System.Text;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>An exception whose text names no value, asset, sighting or token: a log may hold it.</summary>
public interface INamesNoValue;

/// <summary>
/// What a log may hold of a failure. The texts of others' exceptions repeat the call with its arguments, or a part of what was
/// read; so of those only the types are told.
/// </summary>
public static class LoggedFailure
{
    private const int CausesMax = 8;

    /// <summary>The types of a failure and of its causes, with the texts of those that are <see cref="INamesNoValue"/>.</summary>
    public static string Of(Exception failure)
    {
        var told = new StringBuilder();
        var (at, causes) = (failure, 0);
        for (; at is not null && causes < CausesMax; at = CauseOf(at), causes++)
        {
            if (causes > 0) told.Append(" <- ");
            told.Append(at.GetType().FullName);
            if (at is INamesNoValue) told.Append(": ").Append(at.Message);
        }
        return told.ToString();
    }

    private static Exception? CauseOf(Exception failure) =>
        failure is GridUnavailableException unavailable ? unavailable.Cause : failure.InnerException;
}
