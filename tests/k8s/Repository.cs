namespace CrossBorderSoc.Tests.K8s;

/// <summary>Where things are in the clone that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Manifests => Path.Combine(Root, "k8s");

    public static string Consortium => Path.Combine(Root, "silo", "Demo", "consortium");

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CrossBorderSoc.Orleans.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("These tests run from within a clone.");
    }
}
