using System.Diagnostics;

namespace CrossBorderSoc.Tests.E2e;

/// <summary>Runs a line as a person does at a prompt.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Its exit code, run in a directory.</summary>
    public static async Task<int> Run(string line, string directory)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await errors;
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }
}
