using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CrossBorderSoc.Silo.Redis;

/// <summary>A script of this assembly, which servers know by its SHA-1.</summary>
internal sealed class RedisScript
{
    public static readonly RedisScript Open = new("open");
    public static readonly RedisScript Epoch = new("epoch");
    public static readonly RedisScript Survivor = new("survivor");
    public static readonly RedisScript Drop = new("drop");
    public static readonly RedisScript Probe = new("probe");
    public static readonly RedisScript Commit = new("commit");
    public static readonly RedisScript Markings = new("markings");
    public static readonly RedisScript Rows = new("rows");
    public static readonly RedisScript Ledger = new("ledger");
    public static readonly RedisScript Snapshot = new("snapshot");
    public static readonly RedisScript RetireRows = new("retire_rows");
    public static readonly RedisScript RetireRecords = new("retire_records");
    public static readonly RedisScript LastSeenAdd = new("last_seen_add");

    private RedisScript(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"CrossBorderSoc.Silo.Redis.Scripts.{name}.lua")
            ?? throw new InvalidOperationException($"BUG: no script {name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Text = reader.ReadToEnd();
#pragma warning disable CA5350 // Redis names scripts so.
        Sha1 = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350
    }

    /// <summary>The script.</summary>
    public string Text { get; }

    /// <summary>The name by which a server that has seen it knows it.</summary>
    public byte[] Sha1 { get; }
}
