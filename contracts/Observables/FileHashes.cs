namespace CrossBorderSoc.Contracts.Observables;

/// <summary>Which hashes are those of one file.</summary>
public static class FileHashes
{
    /// <summary>
    /// The other hashes of the file that a hash is of, as one sighting has it: of each other type the one hash that it names, if
    /// it names one only, and no second hash of this one's type (decision 0008). Empty for what is no hash.
    /// </summary>
    /// <param name="hash">One of the sighting's observables.</param>
    /// <param name="named">What the sighting names; whether with the hash itself makes no difference.</param>
    public static Observable[] OfTheFileOf(in Observable hash, ReadOnlySpan<Observable> named)
    {
        if (!IsHash(hash.Type)) return [];
        var found = new List<Observable>(2);
        foreach (ref readonly var other in named)
        {
            if (other == hash || !IsHash(other.Type)) continue;
            if (other.Type == hash.Type) return [];
            if (CountOf(other.Type, named) == 1) found.Add(other);
        }
        return [.. found];
    }

    private static bool IsHash(ObservableType type) =>
        type is ObservableType.FileMd5 or ObservableType.FileSha1 or ObservableType.FileSha256;

    private static int CountOf(ObservableType type, ReadOnlySpan<Observable> named)
    {
        var count = 0;
        foreach (ref readonly var each in named)
            if (each.Type == type) count++;
        return count;
    }
}
