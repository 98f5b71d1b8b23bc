using System.Text.RegularExpressions;
using CrossBorderSoc.Grains.Ledger;
using CrossBorderSoc.Silo.Embedded.Format;
using CrossBorderSoc.Silo.Storage;
using RocksDbSharp;

namespace CrossBorderSoc.Silo.Embedded.Engine;

/// <summary>Makes and opens the database of a node's directory, and refuses what is not whole.</summary>
internal static partial class Opening
{
    /// <summary>Makes the store if the directory has none yet. A store half made, by a crash, is made anew.</summary>
    public static void CreateIfMissing(StoreFiles files, StoreTuning tuning)
    {
        if (Directory.Exists(files.Store)) return;
        if (Directory.Exists(files.Making)) Directory.Delete(files.Making, recursive: true);
        Directory.CreateDirectory(files.Making);
        try
        {
            Database.Create(files.Making, tuning).Dispose();
        }
        catch (RocksDbSharpException refused)
        {
            throw new StoreRefusedException($"No store can be made in {files.Making}: {refused.Message}", refused);
        }

        AcknowledgedMark.Create(Path.Combine(files.Making, Path.GetFileName(files.Mark)));
        FormatDocument.Create(Path.Combine(files.Making, Path.GetFileName(files.Format)));
        DirectorySync.Sync(files.Making);
        Directory.Move(files.Making, files.Store);
        DirectorySync.Sync(files.Directory);
        if (Path.GetDirectoryName(files.Directory) is { } parent) DirectorySync.Sync(parent);
    }

    /// <summary>
    /// Opens the database; throws <see cref="StoreDamagedException"/>, before a byte is changed, when something acknowledged is
    /// not in it, and <see cref="StoreUnavailableException"/> when the disk cannot serve now.
    /// </summary>
    public static Database Open(StoreFiles files, AcknowledgedMark mark, StoreTuning tuning)
    {
        return Guarded(files, () =>
        {
            VerifyUnchanged(files, mark, tuning);
            var database = Database.Open(files.Store, tuning);
            try
            {
                mark.Sync(ReadGroup(database));
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        });
    }

    /// <summary>Opens the database for reading only; nothing is written for that.</summary>
    public static Database OpenReadOnly(StoreFiles files, StoreTuning tuning) =>
        Guarded(files, () => Database.OpenReadOnly(files.Store, tuning));

    /// <summary>Runs a part of the opening. What the database cannot read is damage, unless the disk says that it cannot serve
    /// now.</summary>
    public static T Guarded<T>(StoreFiles files, Func<T> part)
    {
        try
        {
            return part();
        }
        catch (Exception outage) when (outage is RocksDbSharpException or IOException && DiskErrors.IsOutage(outage))
        {
            throw new StoreUnavailableException($"The store in {files.Store} cannot be opened now: {outage.Message}", outage);
        }
        catch (Exception failure) when (failure is RocksDbSharpException or InvalidDataException)
        {
            throw new StoreDamagedException(
                $"The store in {files.Store} cannot be opened: {failure.Message} {Named(files.Store, failure.Message)}", failure);
        }
    }

    /// <summary>The number of the newest group in the database.</summary>
    public static long ReadGroup(Database database) =>
        database.Get(Family.Meta, Keys.Group) is { } value ? SmallFormats.ReadNumber(value) : 0;

    // Opening for writing replays the log into tables and deletes it: first look whether all is there, and change nothing if not.
    private static void VerifyUnchanged(StoreFiles files, AcknowledgedMark mark, StoreTuning tuning)
    {
        var undo = TornManifest.Cut(files.Store);
        try
        {
            using var seen = Database.OpenReadOnly(files.Store, tuning);
            Verify(seen, files, mark);
        }
        catch
        {
            undo?.Invoke();
            throw;
        }
    }

    // RocksDB names table files and manifests, and logs by their number only.
    private static string Named(string store, string message)
    {
        var logs = LogNumber().Matches(message).Select(match => match.Groups["number"].Value.PadLeft(6, '0') + ".log");
        return $"(files: {string.Join(", ", logs.Append(Path.GetFileName(TornManifest.Current(store))).Distinct())})";
    }

    [GeneratedRegex(@"log number: (?<number>\d+)", RegexOptions.None, 1000)]
    private static partial Regex LogNumber();

    private static void Verify(Database database, StoreFiles files, AcknowledgedMark mark)
    {
        var group = ReadGroup(database);
        if (group < mark.Group)
            throw new StoreDamagedException(
                $"Acknowledged data are missing from {files.Store}: the newest group is {group}, acknowledged was {mark.Group}. "
                + $"Damaged or missing is the write-ahead log: {DamagedLog.Name(files.Store)}.");
    }
}
