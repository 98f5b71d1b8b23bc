namespace CrossBorderSoc.Tests.K8s;

/// <summary>A folder for what tests write; it goes when they end.</summary>
internal static class Scratch
{
    public static string Folder { get; } = Make();

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("socgrid-k8s-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
