using System.ComponentModel;
using System.Diagnostics;

namespace CrossBorderSoc.Tests.K8s;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>What it did: exit code, standard output, standard error. Null when there is no such program.</summary>
    public static (int Code, string Output, string Errors)? Try(string directory, string input, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.Result, errors.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Its standard output; fails when it does.</summary>
    public static string Run(string directory, string program, params string[] arguments)
    {
        var (code, output, errors) = Try(directory, "", program, arguments)
            ?? throw new InvalidOperationException($"{program} is not installed.");
        return code == 0 ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {errors}{output}");
    }
}
