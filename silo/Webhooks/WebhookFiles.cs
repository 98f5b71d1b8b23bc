using System.Text;
using CrossBorderSoc.Gateway.Webhooks;
using CrossBorderSoc.Silo.Embedded.Engine;
using CrossBorderSoc.Silo.Identity;

namespace CrossBorderSoc.Silo.Webhooks;

/// <summary>
/// The files of a node's webhooks, in one directory that only the node's own user may read: <c>NAME.cursor</c>, and <c>NAME.dead.ndjson</c>, which
/// becomes <c>NAME.dead.1.ndjson</c> when it is full; the one before it goes. A power cut leaves each as it was or as it shall be.
/// </summary>
internal sealed class WebhookFiles(string directory) : IWebhookFiles
{
    /// <summary>Most bytes of a file of dead letters.</summary>
    public const int DeadLettersBytesMax = 1 << 20;

    public string? ReadCursor(string webhook)
    {
        var path = PathOf(webhook, "cursor");
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    public void SaveCursor(string webhook, string cursor)
    {
        PrivateFiles.Directory(directory);
        PrivateFiles.Replace(PathOf(webhook, "cursor"), cursor);
        DirectorySync.Sync(directory);
    }

    public void AddDeadLetter(string webhook, string line)
    {
        PrivateFiles.Directory(directory);
        var path = PathOf(webhook, "dead.ndjson");
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        if (File.Exists(path) && new FileInfo(path).Length + bytes.Length > DeadLettersBytesMax)
            File.Move(path, PathOf(webhook, "dead.1.ndjson"), overwrite: true);
        using (var file = PrivateFiles.Append(path))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        DirectorySync.Sync(directory);
    }

    private string PathOf(string webhook, string what) => Path.Combine(directory, $"{webhook}.{what}");
}
