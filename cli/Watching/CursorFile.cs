using System.Text;

namespace CrossBorderSoc.Cli.Watching;

/// <summary>Where a watch keeps its place, so that the next one goes on there. Replaced as a whole.</summary>
internal sealed class CursorFile(string? path)
{
    private string kept = "";

    /// <summary>The place; empty where there is none yet.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds none: what came meanwhile would be missed silently.</exception>
    public string Read()
    {
        if (path is null || !File.Exists(path)) return kept = "";
        kept = File.ReadAllText(path).Trim();
        return kept.Length > 0 ? kept : throw new InvalidDataException($"{path} holds no cursor. Remove it to watch from now on.");
    }

    /// <summary>Keeps a place.</summary>
    public void Write(string cursor)
    {
        if (path is null || cursor == kept) return;
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes(cursor + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
        kept = cursor;
    }
}
