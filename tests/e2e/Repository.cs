namespace CrossBorderSoc.Tests.E2e;

/// <summary>Where things are in the clone that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string Protos => Path.Combine(Root, "contracts", "protos");

    public static string SiloDirectory => Path.Combine(Root, "silo", "bin", Configuration, "net10.0");

    public static string Silo => Path.Combine(SiloDirectory, "CrossBorderSoc.Silo.dll");

    /// <summary>The real stream: beside the clone, or the copy for strangers.</summary>
    public static string RealStream
    {
        get
        {
            var shared = Path.Combine(Root, "..", "shared", "data", "cross-border-2026");
            return Path.GetFullPath(
                Directory.Exists(shared) ? shared : Path.Combine(Root, "tests", "data", "cross-border-2026"));
        }
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CrossBorderSoc.Orleans.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("These tests run from within a clone.");
    }
}
