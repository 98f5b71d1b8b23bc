using System.Formats.Tar;
using System.IO.Compression;

namespace CrossBorderSoc.Gateway.Warninglists;

/// <summary>
/// Where warninglists lie: a directory with <c>index.json</c> and the files <c>lists/NAME.json</c> that it names, or without an index
/// and with <c>lists/NAME/list.json</c>, as MISP's repository has them; or an archive (tar, gzip) of the former.
/// </summary>
internal static class WarninglistFiles
{
    /// <summary>The index within a directory.</summary>
    public const string Index = "index.json";

    /// <summary>Most lists.</summary>
    public const int ListsMax = 1_024;

    /// <summary>Most entries of all lists together.</summary>
    public const int EntriesMax = 2_000_000;

    /// <summary>Most bytes of all files together (128 MiB); MISP's are 15.</summary>
    public const int BytesMax = 128 * 1024 * 1024;

    private const string Lists = "lists";

    /// <summary>The archive that ships with the product.</summary>
    public static string Shipped { get; } =
        Path.Combine(AppContext.BaseDirectory, "Warninglists", "Data", "warninglists.tar.gz");

    /// <summary>The lists of a directory.</summary>
    /// <exception cref="WarninglistsRefusedException">A file is missing, broken or too large; its message says which, and where.</exception>
    public static IReadOnlyList<Warninglist> ReadDirectory(string directory)
    {
        var bytes = 0L;
        IReadOnlyList<string>? withoutIndex = HasIndex(directory) ? null : [.. ListsWithoutIndex(directory)];
        return Read(directory, withoutIndex, path => ReadFile(path, ref bytes));
    }

    /// <summary>The lists of an archive.</summary>
    /// <exception cref="WarninglistsRefusedException">As above.</exception>
    public static IReadOnlyList<Warninglist> ReadArchive(string path)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var packed = File.OpenRead(path);
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            using var tar = new TarReader(unpacked);
            var bytes = 0L;
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is not { } data) continue;
                var content = new byte[Bounded(entry.Name, entry.Length, ref bytes)];
                data.ReadExactly(content);
                files.Add(Path.Combine(path, entry.Name), content);
            }
        }
        catch (Exception e) when (e is IOException and not WarninglistsRefusedException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new WarninglistsRefusedException($"{path}: it cannot be read: {e.Message}", e);
        }
        return Read(path, null, file => files.GetValueOrDefault(file) ?? throw Missing(file, null));
    }

    /// <summary>
    /// What tells whether a directory's files are as they were: each with the time of its last change and its length. Empty for
    /// one that cannot be read.
    /// </summary>
    public static string StampOf(string directory)
    {
        try
        {
            var lists = Path.Combine(directory, Lists);
            var files = HasIndex(directory)
                ? Directory.EnumerateFiles(lists, "*.json").Prepend(Path.Combine(directory, Index))
                : ListsWithoutIndex(directory);
            return string.Join('\n', files.Take(2 * ListsMax).Order(StringComparer.Ordinal).Select(StampOfFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Of the file that is meant: a mounted one is often a link to what it was last changed to.
    private static string StampOfFile(string path)
    {
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return string.Create(null, $"{path} {file.LastWriteTimeUtc.Ticks} {(file.Exists ? file.Length : -1)}");
    }

    private static bool HasIndex(string directory) => File.Exists(Path.Combine(directory, Index));

    private static IEnumerable<string> ListsWithoutIndex(string directory) =>
        Directory.Exists(Path.Combine(directory, Lists))
            ? Directory.EnumerateDirectories(Path.Combine(directory, Lists)).Select(list => Path.Combine(list, "list.json"))
                .Where(File.Exists).Take(ListsMax + 1)
            : [];

    private static List<Warninglist> Read(string root, IReadOnlyList<string>? withoutIndex, Func<string, byte[]> open)
    {
        var index = Path.Combine(root, Index);
        var files = withoutIndex is { Count: > 0 }
            ? withoutIndex
            : [.. WarninglistReader.ReadIndex(index, open(index)).Select(name => Path.Combine(root, Lists, name + ".json"))];
        if (files.Count > ListsMax)
            throw new WarninglistsRefusedException(string.Create(null, $"{index}: more than {ListsMax} lists."));
        var (lists, entries) = (new List<Warninglist>(files.Count), 0);
        foreach (var file in files)
        {
            var list = WarninglistReader.ReadList(file, open(file));
            entries += list.Entries.Count;
            if (entries > EntriesMax)
                throw new WarninglistsRefusedException(string.Create(null, $"{file}: with it there are more than {EntriesMax} entries."));
            lists.Add(list);
        }
        return lists;
    }

    private static byte[] ReadFile(string path, ref long bytes)
    {
        try
        {
            using var file = File.OpenRead(path);
            var content = new byte[Bounded(path, file.Length, ref bytes)];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, e);
        }
        catch (Exception e) when (e is IOException and not WarninglistsRefusedException or UnauthorizedAccessException)
        {
            throw new WarninglistsRefusedException($"{path}: it cannot be read: {e.Message}", e);
        }
    }

    private static WarninglistsRefusedException Missing(string file, Exception? inner) => new($"{file}: it is missing.", inner);

    private static int Bounded(string file, long length, ref long bytes) => (bytes += length) <= BytesMax
        ? (int)length
        : throw new WarninglistsRefusedException(string.Create(null, $"{file}: with it there are more than {BytesMax} bytes."));
}
