namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>A directory of its own for a test.</summary>
public sealed class TempDirectory : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crossbordersoc-store-").FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
