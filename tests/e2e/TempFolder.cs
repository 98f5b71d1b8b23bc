namespace CrossBorderSoc.Tests.E2e;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("socgrid-e2e-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
