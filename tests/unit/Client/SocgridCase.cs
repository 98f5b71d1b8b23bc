using System.Text;
using CrossBorderSoc.Cli.Running;
using Spectre.Console.Testing;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Client;

/// <summary>Runs command lines of <c>socgrid</c> in surroundings of the test's own.</summary>
public abstract class SocgridCase : IDisposable
{
    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("socgrid");

    protected StringWriter Output { get; } = new();

    protected StringWriter Errors { get; } = new();

    protected TestConsole Console { get; } = new TestConsole().Width(200);

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<int> RunAsync(FakeGrid? grid, params string[] args) => RunWithInputAsync(grid, "", args);

    private protected async Task<int> RunWithInputAsync(FakeGrid? grid, string input, params string[] args)
    {
        var tokens = Directory.CreateDirectory(Path.Combine(Folder.FullName, "dev", "tokens"));
        foreach (var name in (string[])["a.be", "b.be", "bad"])
            await File.WriteAllTextAsync(Path.Combine(tokens.FullName, $"{name}.jwt"), $"{name}\n");
        var variables = new Dictionary<string, string?> { ["SOCGRID_DATA"] = Folder.FullName, ["SOCGRID_URL"] = grid?.Url };
        var host = new CliHost(
            Output,
            Errors,
            Console,
            new TestConsole(),
            () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            variables.GetValueOrDefault,
            TimeProvider.System,
            () => new(7, 0, 0, new byte[8]));
        return await Socgrid.RunAsync(args, host, TestContext.Current.CancellationToken);
    }
}
