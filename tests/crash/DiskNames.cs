namespace CrossBorderSoc.Tests.Crash;

/// <summary>The names on a disk: what was done to them, in order, and up to where each directory was synced.</summary>
public sealed class DiskNames
{
    private readonly List<(long Number, Operation Change, DiskFile? File)> changes = [];
    private readonly Dictionary<string, long> syncedBelow = [];

    public void Change(long number, Operation change, DiskFile? file) => changes.Add((number, change, file));

    public void Sync(string directory, long below) =>
        syncedBelow[directory] = Math.Max(below, syncedBelow.GetValueOrDefault(directory));

    /// <summary>
    /// The names after a power cut. Every directory keeps at least what came before its last sync, in order; all of it, nothing
    /// more, or the journal's order up to some point.
    /// </summary>
    public Dictionary<string, DiskFile?> AfterCut(Random chance, UnsyncedNames fate)
    {
        var journal = fate switch
        {
            UnsyncedNames.Kept => long.MaxValue,
            UnsyncedNames.Lost => 0,
            _ => changes.Count == 0 ? 0 : changes[chance.Next(changes.Count)].Number,
        };
        var names = new Dictionary<string, DiskFile?>(StringComparer.Ordinal);
        foreach (var (number, change, file) in changes)
        {
            var parent = Path.GetDirectoryName(change.Path)!;
            if (number < journal || number < syncedBelow.GetValueOrDefault(parent)) Apply(names, change, file);
        }

        return names;
    }

    private static void Apply(Dictionary<string, DiskFile?> names, Operation change, DiskFile? file)
    {
        switch (change.Kind)
        {
            case OperationKind.Create or OperationKind.MakeDirectory:
                names[change.Path] = file;
                break;
            case OperationKind.Unlink or OperationKind.RemoveDirectory:
                names.Remove(change.Path);
                break;
            case OperationKind.Link:
                if (names.TryGetValue(change.Path, out var linked)) names[change.Other] = linked;
                break;
            case OperationKind.Rename:
                foreach (var name in names.Keys.Where(name => name == change.Path || Within(name, change.Path)).ToList())
                {
                    names.Remove(name, out var moved);
                    names[change.Other + name[change.Path.Length..]] = moved;
                }

                break;
        }
    }

    private static bool Within(string name, string directory) => name.StartsWith(directory + "/", StringComparison.Ordinal);
}

/// <summary>What becomes of names that were made, changed or removed after the last sync of their directory.</summary>
public enum UnsyncedNames
{
    /// <summary>The disk has the old names.</summary>
    Lost,
    /// <summary>The changes survive up to some point.</summary>
    Prefix,
    /// <summary>The changes survive.</summary>
    Kept,
}
