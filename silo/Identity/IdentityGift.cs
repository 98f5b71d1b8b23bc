using CrossBorderSoc.Contracts;

namespace CrossBorderSoc.Silo.Identity;

/// <summary>Gives a node of several the part of a development grid's identities that its homes need, and nothing more.</summary>
internal static class IdentityGift
{
    /// <summary>Makes what is missing in the grid's directory and copies what a node with these homes needs into the node's.</summary>
    /// <param name="from">The grid's directory.</param>
    /// <param name="to">The node's directory; what is there of an earlier gift is replaced.</param>
    /// <param name="homes">The homes that the node carries; none for a pure gateway.</param>
    /// <param name="all">The homes of the grid.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="InvalidDataException">A file of the grid holds something else.</exception>
    public static IReadOnlyList<string> Give(string from, string to, IReadOnlyCollection<Home> homes, IEnumerable<Home> all)
    {
        using (DevelopmentIdentities.Make(from, all, TimeProvider.System)) { }
        var written = new List<string>();
        foreach (var file in new IdentityFiles(from).NeededFor(homes))
        {
            var path = Path.Combine(to, Path.GetRelativePath(from, file));
            PrivateFiles.Directory(to);
            PrivateFiles.Directory(Path.GetDirectoryName(path)!);
            PrivateFiles.Replace(path, File.ReadAllText(file));
            written.Add(path);
        }
        return written;
    }
}
