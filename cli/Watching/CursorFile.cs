namespace CrossBorderSoc.Cli.Watching;

/// <summary>Where a watch keeps its place, so that the next one goes on there. Replaced as a whole.</summary>
internal sealed class CursorFile(string? path)
{
    private string kept = "";

    /// <summary>The place; empty where there is none yet.</summary>
    public string Read() => kept = path is not null && File.Exists(path) ? File.ReadAllText(path).Trim() : "";

    /// <summary>Keeps a place.</summary>
    public void Write(string cursor)
    {
        if (path is null || cursor == kept) return;
        var beside = path + ".new";
        File.WriteAllText(beside, cursor + "\n");
        File.Move(beside, path, overwrite: true);
        kept = cursor;
    }
}
