namespace CrossBorderSoc.Silo.Identity;

/// <summary>
/// Files that only the node's own user may read: directories 0700, files 0600, replaced whole or not at all.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode0700 = FileMode0600 | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, and narrows one that is there.</summary>
    public static string Directory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(path);
            return path;
        }
        System.IO.Directory.CreateDirectory(path, DirectoryMode0700);
        File.SetUnixFileMode(path, DirectoryMode0700);
        return path;
    }

    /// <summary>What a file holds; when it does not exist, it is made first.</summary>
    public static string ReadOrCreate(string path, Func<string> content)
    {
        if (!File.Exists(path)) Replace(path, content());
        return File.ReadAllText(path);
    }

    /// <summary>What a file holds.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path} is missing.", e);
        }
    }

    /// <summary>Opens a file to write behind what it holds; when it does not exist, it is made.</summary>
    public static FileStream Append(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMode0600;
        return new(path, options);
    }

    /// <summary>Writes a file beside its place and moves it there: a reader finds the old one or the new one.</summary>
    public static void Replace(string path, string content)
    {
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMode0600;
        using (var file = new FileStream(beside, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(content));
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
