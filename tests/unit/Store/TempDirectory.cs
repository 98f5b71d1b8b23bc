namespace CrossBorderSoc.Tests.Unit.Store;

/// <summary>A directory of its own for a test.</summary>
public sealed class TempDirectory
{
    /// <summary>The system removes what is left; a failed test's files may be looked at.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("crossbordersoc-store-").FullName;
}
