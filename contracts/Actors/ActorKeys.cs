using System.Globalization;

namespace CrossBorderSoc.Contracts.Actors;

/// <summary>
/// Keys of actors: <c>HOME/REST</c>. Keys travel in messages, logs and spans, so REST is a lane number or a keyed hash, never a
/// value (design, section 4).
/// </summary>
public static class ActorKeys
{
    /// <summary>How many lanes each home has. A stateless worker runs one call per core and key on a silo, hence many.</summary>
    public const int Lanes = 32;

    /// <summary>The key of a lane of a home.</summary>
    public static string Lane(Home home, int lane) =>
        string.Create(CultureInfo.InvariantCulture, $"{home.Code}/{(uint)lane % Lanes:00}");

    /// <summary>The key of an actor that stands for the whole of a home.</summary>
    public static string Whole(Home home) => home.Code + "/whole";

    /// <summary>The key of the hub's actor that takes in the releases of a jurisdiction.</summary>
    public static string ReleasesOf(Home jurisdiction) => Home.Hub.Code + "/releases-" + jurisdiction.Code;

    /// <summary>The home that a key names: what stands before the slash.</summary>
    public static ReadOnlySpan<char> HomeOf(ReadOnlySpan<char> key)
    {
        var slash = key.IndexOf('/');
        return slash > 0 ? key[..slash] : throw new ArgumentException("BUG: an actor's key without a home.", nameof(key));
    }
}
