namespace CrossBorderSoc.Client.Access;

/// <summary>
/// The tokens that a development grid writes, one file per organisation: <c>DATA/dev/tokens/ORGANISATION.jwt</c>.
/// </summary>
/// <param name="dataFolder">The grid's data folder.</param>
public sealed class TokenFiles(string dataFolder)
{
    private const int TokenBytesMax = 64 * 1024;

    /// <summary>The token of an organisation.</summary>
    /// <exception cref="GridAccessException">There is none; the message says what to do.</exception>
    public string Read(string organisation)
    {
        Demand();
        return TryRead(organisation) ?? throw new GridAccessException(
            $"There is no token for \"{organisation}\" in {Folder}: is it an organisation of this grid's consortium?");
    }

    /// <summary>Makes sure that there are tokens at all.</summary>
    /// <exception cref="GridAccessException">There is no such folder; the message says what to do.</exception>
    public void Demand()
    {
        if (!Directory.Exists(Folder))
            throw new GridAccessException(
                $"There is no folder {Folder}: start the grid first, or name its data folder with --data or SOCGRID_DATA, "
                + "or a token with --token-file.");
    }

    /// <summary>The token of an organisation, or null when there is no file for it.</summary>
    public string? TryRead(string organisation)
    {
        // The name may come from a file of rows: it must not lead out of the folder.
        if (!IsFileName(organisation)) return null;
        var path = Path.Combine(Folder, organisation + ".jwt");
        return File.Exists(path) ? ReadFile(path) : null;
    }

    /// <summary>The token in a file.</summary>
    /// <exception cref="GridAccessException">It cannot be read, or holds no token.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > TokenBytesMax) throw new GridAccessException($"{path} is too large for a token.");
            var token = File.ReadAllText(path).Trim();
            // Anything else would break the header that carries it.
            return token.Length > 0 && token.All(c => c is > ' ' and < '\x7F')
                ? token
                : throw new GridAccessException($"{path} holds no token.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GridAccessException($"The token {path} cannot be read: {e.Message}", e);
        }
    }

    private string Folder => Path.Combine(dataFolder, "dev", "tokens");

    private static bool IsFileName(string organisation) =>
        organisation.Length is > 0 and <= 128
        && organisation[0] != '.'
        && organisation.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
