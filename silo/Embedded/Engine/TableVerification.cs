namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>
/// Verifies every table file against its checksum: the newest before the store opens, up to a bound on the time that takes, the
/// others in the background; what is found there stops the node.
/// </summary>
internal sealed class TableVerification : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly Task rest;

    private TableVerification(Task rest, CancellationTokenSource stop)
    {
        this.rest = rest;
        this.stop = stop;
    }

    /// <summary>Verifies the first part; throws <see cref="StoreDamagedException"/>. The rest is reported.</summary>
    public static TableVerification Start(Database database, string store, StoreTuning tuning, Action<StoreDamagedException> onDamage)
    {
        var later = new List<TableFile>();
        database.KeepFiles(() =>
        {
            long bytes = 0;
            foreach (var file in TableFile.AllOf(database, store))
            {
                bytes += file.Size;
                if (bytes <= tuning.VerifyBeforeOpenBytesMax) file.Verify(CancellationToken.None);
                else later.Add(file);
            }
        });
        var ending = new CancellationTokenSource();
        return new(Task.Run(() => VerifyRest(later, onDamage, ending.Token), CancellationToken.None), ending);
    }

    /// <summary>Ends the verification that is under way. Does not throw: the store closes after it.</summary>
    public void Dispose()
    {
        stop.Cancel();
        Task.WaitAny(rest);
        stop.Dispose();
    }

    /// <summary>Verifies files until one is damaged, which is reported.</summary>
    internal static void VerifyRest(List<TableFile> files, Action<StoreDamagedException> onDamage, CancellationToken stop)
    {
        foreach (var file in files)
        {
            try
            {
                file.Verify(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (FileNotFoundException)
            {
                // Compacted away meanwhile.
            }
            catch (StoreDamagedException damage)
            {
                onDamage(damage);
                return;
            }
        }
    }
}
