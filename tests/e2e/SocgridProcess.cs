using System.Diagnostics;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>The built <c>socgrid</c>, run as its user does.</summary>
internal static class SocgridProcess
{
    public sealed record Result(int ExitCode, string Output, string Errors);

    public static async Task<Result> Run(NodeProcess node, params string[] arguments)
    {
        var dll = Path.Combine(Repository.Root, "cli", "bin", Repository.Configuration, "net10.0", "socgrid.dll");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments, "--grid", node.Grpc, "--data", node.Data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await errors);
    }
}
