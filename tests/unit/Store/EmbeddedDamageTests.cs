using CrossBorderSoc.Contracts;
using CrossBorderSoc.Silo.Embedded;
using Shouldly;
using Xunit;
using static CrossBorderSoc.Tests.Unit.Store.Batches;

namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>A damaged or missing file: the store refuses to open and names it; nothing is silently dropped.</summary>
public sealed class EmbeddedDamageTests : IAsyncLifetime
{
    private static readonly Home Be = new("BE");
    private readonly TempDirectory directory = new();

    private string Store => Path.Combine(directory.Path, "store");

    /// <summary>A store with tables, an older and a newer log, killed rather than closed.</summary>
    public async ValueTask InitializeAsync()
    {
        await using (var store = Open())
        {
            for (var i = 0; i < 60; i++) await store[Be].Commit(Batch("a", Say(i, $"{i} " + new string('x', 4000), $"s{i % 7}")), default);
        }
    }

    public ValueTask DisposeAsync() => directory.DisposeAsync();

    [Theory]
    [InlineData("*.sst", Damage.Flip)]
    [InlineData("*.sst", Damage.Truncate)]
    [InlineData("*.sst", Damage.Delete)]
    [InlineData("*.log", Damage.Flip)]
    [InlineData("*.log", Damage.FlipLate)]
    [InlineData("*.log", Damage.Truncate)]
    [InlineData("*.log", Damage.Delete)]
    [InlineData("MANIFEST-*", Damage.Flip)]
    [InlineData("MANIFEST-*", Damage.Delete)]
    [InlineData("CURRENT", Damage.Flip)]
    [InlineData("CURRENT", Damage.Truncate)]
    [InlineData("CURRENT", Damage.Delete)]
    [InlineData("ACKNOWLEDGED", Damage.Truncate)]
    [InlineData("ACKNOWLEDGED", Damage.Delete)]
    [InlineData("FORMAT", Damage.Flip)]
    [InlineData("FORMAT", Damage.Truncate)]
    [InlineData("FORMAT", Damage.Delete)]
    public void Open_FileIsDamaged_RefusesAndNamesIt(string pattern, Damage damage)
    {
        var files = Directory.GetFiles(Store, pattern).Where(file => new FileInfo(file).Length > 0).ToList();
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var whole = File.ReadAllBytes(file);
            Inflict(file, whole, damage);
            var refusal = Should.Throw<StoreDamagedException>(() => Open(), $"{damage} of {file}");
            ShouldName(refusal, file);
            ShouldName(Should.Throw<StoreDamagedException>(() => Open(), $"the second time, {damage} of {file}"), file);
            File.WriteAllBytes(file, whole);
        }
    }

    // The last edit of a manifest cannot be told from one that a power cut tore, and often nothing hangs on it.
    [Theory]
    [InlineData(Damage.FlipLate)]
    [InlineData(Damage.Truncate)]
    public async Task Open_LastEditOfTheManifestIsDamaged_RefusesOrHasEverything(Damage damage)
    {
        var file = Directory.GetFiles(Store, "MANIFEST-*").Single();
        Inflict(file, await File.ReadAllBytesAsync(file), damage);
        try
        {
            await using var store = Open();
            (await store[Be].ReadLedger(0, int.MaxValue, default)).Count.ShouldBe(60);
        }
        catch (StoreDamagedException refusal)
        {
            ShouldName(refusal, file);
        }
    }

    [Fact]
    public async Task Open_NothingIsDamaged_HasEverything()
    {
        await using var store = Open();
        store[Be].Head.ShouldBe(60);
    }

    [Fact]
    public void Open_NewerFormat_IsRefused()
    {
        var format = Path.Combine(Store, "FORMAT");
        File.WriteAllText(format, File.ReadAllText(format).Replace("\"version\":3", "\"version\":4", StringComparison.Ordinal));
        Should.Throw<StoreRefusedException>(() => Open()).Message.ShouldContain("format 4");
    }

    [Fact]
    public async Task Open_SecondTime_IsRefused()
    {
        await using var store = Open();
        Should.Throw<StoreRefusedException>(() => Open()).Message.ShouldContain("in use");
    }

    // The newest log's number is known to nobody once it is gone; that one is named by pattern.
    private static void ShouldName(StoreDamagedException refusal, string file) => new[] { Path.GetFileName(file), "*.log" }
        .Take(File.Exists(file) ? 1 : 2).ShouldContain(name => refusal.Message.Contains(name, StringComparison.Ordinal), refusal.Message);

    private static void Inflict(string file, byte[] whole, Damage damage)
    {
        var bytes = whole.ToArray();
        switch (damage)
        {
            case Damage.Flip:
                bytes[bytes.Length / 3] ^= 0x10;
                File.WriteAllBytes(file, bytes);
                break;
            case Damage.FlipLate:
                bytes[Array.FindLastIndex(bytes, one => one != 0)] ^= 0x10;
                File.WriteAllBytes(file, bytes);
                break;
            case Damage.Truncate:
                File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
                break;
            case Damage.Delete:
                File.Delete(file);
                break;
        }
    }

    private EmbeddedStore Open() => EmbeddedStore.Open(new EmbeddedStoreOptions
    {
        Directory = directory.Path,
        Homes = [Be],
        Census = new FragmentCensus(),
        Tuning = new() { WriteBufferBytes = 64 << 10, MemtableBytes = 1 << 20 },
    });
}

public enum Damage
{
    Flip,
    FlipLate,
    Truncate,
    Delete,
}
