using System.Collections.Concurrent;
using CrossBorderSoc.Gateway.Webhooks;

namespace CrossBorderSoc.Tests.Unit.Webhooks;

/// <summary>Files of webhooks in memory, which remember the order of what happened.</summary>
internal sealed class MemoryWebhookFiles : IWebhookFiles
{
    public string? Cursor { get; set; }

    /// <summary>Every cursor that was saved.</summary>
    public ConcurrentQueue<string> Saved { get; } = new();

    public ConcurrentQueue<string> DeadLetters { get; } = new();

    public Func<bool> Fails { get; set; } = () => false;

    public string? ReadCursor(string webhook) => Cursor;

    public void SaveCursor(string webhook, string cursor)
    {
        if (Fails()) throw new IOException("canary");
        Cursor = cursor;
        Saved.Enqueue(cursor);
    }

    public void AddDeadLetter(string webhook, string line) => DeadLetters.Enqueue(line);
}
