using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary>Where a node's configuration comes from: appsettings.json, then a file of the operator's, then the environment.</summary>
internal static class NodeConfiguration
{
    /// <summary>Puts the operator's file above appsettings.json and below the environment.</summary>
    /// <exception cref="StartRefusedException">It is not there, or no JSON.</exception>
    public static void AddSettingsFile(this ConfigurationManager configuration, string file)
    {
        var source = new JsonConfigurationSource { Path = Path.GetFullPath(file), Optional = false };
        source.ResolveFileProvider();
        var sources = configuration.Sources;
        var at = sources.Count;
        while (at > 0 && sources[at - 1] is EnvironmentVariablesConfigurationSource) at--;
        try
        {
            sources.Insert(at, source);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"--settings: {file}: {(e.InnerException ?? e).Message}", e);
        }
    }
}
