namespace CrossBorderSoc.Tests.Crash;

/// <summary>A file as the disk has it: bytes that a sync made durable, and changes that came since.</summary>
public sealed class DiskFile
{
    private readonly List<(long Number, Operation Change)> unsynced = [];
    private byte[] durable = [];

    public void Change(long number, Operation change) => unsynced.Add((number, change));

    /// <summary>A sync that covers the operations below a number has returned.</summary>
    public void Sync(long below)
    {
        var covered = unsynced.TakeWhile(entry => entry.Number < below).ToList();
        foreach (var (_, change) in covered) durable = Apply(durable, change, change.Data.Length);
        unsynced.RemoveRange(0, covered.Count);
    }

    /// <summary>
    /// What a power cut leaves: everything synced and, as chance has it, nothing more, or a prefix of the rest, whose last write
    /// is torn or filled with zeros.
    /// </summary>
    public byte[] AfterCut(Random chance, UnsyncedData fate)
    {
        if (fate == UnsyncedData.Lost || unsynced.Count == 0) return durable;
        var survivors = fate == UnsyncedData.Kept ? unsynced.Count : chance.Next(unsynced.Count + 1);
        var bytes = durable;
        for (var i = 0; i < survivors; i++) bytes = Apply(bytes, unsynced[i].Change, unsynced[i].Change.Data.Length);
        if (survivors == unsynced.Count) return bytes;
        var torn = unsynced[survivors].Change;
        if (torn.Kind != OperationKind.Write || torn.Data.Length == 0) return bytes;
        var kept = chance.Next(torn.Data.Length);
        if (fate == UnsyncedData.Zeroed)
            bytes = Apply(bytes, torn with { Data = new byte[torn.Data.Length] }, torn.Data.Length);
        return Apply(bytes, torn, kept);
    }

    private static byte[] Apply(byte[] bytes, Operation change, int length)
    {
        switch (change.Kind)
        {
            case OperationKind.Truncate:
                var resized = new byte[change.A];
                bytes.AsSpan(0, (int)Math.Min(bytes.Length, change.A)).CopyTo(resized);
                return resized;
            case OperationKind.Extend:
                return change.A <= bytes.Length ? bytes : Apply(bytes, change with { Kind = OperationKind.Truncate }, 0);
            default:
                var size = Math.Max(bytes.Length, change.A + length);
                var written = new byte[size];
                bytes.CopyTo(written, 0);
                change.Data.Span[..length].CopyTo(written.AsSpan((int)change.A));
                return written;
        }
    }
}

/// <summary>What becomes of data that were written and not synced.</summary>
public enum UnsyncedData
{
    /// <summary>All lost.</summary>
    Lost,
    /// <summary>A prefix survives, its last write torn.</summary>
    Torn,
    /// <summary>The same, and the file has its full size, zeros in place of what is missing of the torn write.</summary>
    Zeroed,
    /// <summary>All survive: the process died, the machine did not.</summary>
    Kept,
}
