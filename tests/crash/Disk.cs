using System.Globalization;
using System.Text;

namespace CrossBorderSoc.Tests.Crash;

/// <summary>Replays a recording and rebuilds the disk as a power cut would leave it at the point reached.</summary>
public sealed class Disk(List<Operation> operations, string root)
{
    private readonly Dictionary<ulong, DiskFile> files = [];
    private readonly DiskNames names = new();
    private readonly StringBuilder acks = new();
    private int next;

    /// <summary>Replays up to a point (exclusive).</summary>
    public void Advance(int cut)
    {
        for (; next < cut; next++) Replay(next, operations[next]);
    }

    /// <summary>The acknowledgements that were out before the cut: client and sequence.</summary>
    public List<(int Client, int Sequence)> Acknowledged() =>
    [
        .. acks.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(parts =>
            (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture))),
    ];

    /// <summary>Writes the store's directory as the cut leaves it.</summary>
    public void Rebuild(string target, Random chance, UnsyncedData data, UnsyncedNames namesFate)
    {
        var data0 = Path.Combine(root, "data");
        Directory.CreateDirectory(target);
        foreach (var (name, file) in names.AfterCut(chance, namesFate).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(data0, StringComparison.Ordinal)) continue;
            var path = target + name[data0.Length..];
            if (file is null) Directory.CreateDirectory(path);
            else if (Directory.Exists(Path.GetDirectoryName(path))) File.WriteAllBytes(path, file.AfterCut(chance, data));
        }
    }

    private void Replay(int number, Operation operation)
    {
        if (operation.Kind == OperationKind.Create) files[operation.Inode] = new DiskFile();
        var file = files.GetValueOrDefault(operation.Inode);
        switch (operation.Kind)
        {
            case OperationKind.Sync:
                file?.Sync(operation.A);
                break;
            case OperationKind.SyncDirectory:
                names.Sync(operation.Path, operation.A);
                break;
            case OperationKind.Write or OperationKind.Truncate or OperationKind.Extend:
                if (IsAcks(operation.Inode)) acks.Append(Encoding.ASCII.GetString(operation.Data.Span));
                else file?.Change(number, operation);
                break;
            default:
                if (operation.Kind == OperationKind.Create && operation.Path == Path.Combine(root, "acks")) acksInode = operation.Inode;
                names.Change(number, operation, operation.Kind == OperationKind.Create ? file : null);
                break;
        }
    }

    private ulong acksInode;

    private bool IsAcks(ulong inode) => inode == acksInode;
}
