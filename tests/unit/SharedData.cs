using Xunit;

namespace CrossBorderSoc.Tests.Unit;

/// <summary>
/// Real data to test with: <c>../shared/data</c> beside the repository where it exists, else the part of it that ships
/// in
/// <c>tests/data</c>. Found by walking up from the test's own folder, so any working directory will do.
/// </summary>
public static class SharedData
{
    /// <summary>The folder or file at a path below the data, or null where neither place has it.</summary>
    public static string? Folder(string relative) => Find("shared", relative) ?? Find("tests", relative);

    /// <summary>
    /// The same, but where nothing has it the test ends as skipped, visibly, and names what is missing.
    /// </summary>
    public static string FolderOrSkip(string relative)
    {
        var found = Folder(relative);
        if (found is null) Assert.Skip($"no {relative} under ../shared/data or tests/data");
        return found;
    }

    private static string? Find(string parent, string relative)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, parent, "data", relative);
            if (Path.Exists(path)) return path;
        }
        return null;
    }
}
