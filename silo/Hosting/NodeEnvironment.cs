namespace CrossBorderSoc.Silo.Hosting;

/// <summary>The environment that a node runs in. Only development has identities yet, so a node runs nowhere else.</summary>
internal static class NodeEnvironment
{
    /// <summary>Its name: as <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c> says, else Development.</summary>
    public static string Name => Said("ASPNETCORE_ENVIRONMENT") ?? Said("DOTNET_ENVIRONMENT") ?? Environments.Development;

    /// <summary>Goes on in development only.</summary>
    /// <exception cref="StartRefusedException">The environment is another one: nothing may be made or opened there.</exception>
    public static void RequireDevelopment()
    {
        if (string.Equals(Name, Environments.Development, StringComparison.OrdinalIgnoreCase)) return;
        throw new StartRefusedException(
            $"The environment is {Name}, and only development identities exist yet: keys and tokens that the node makes itself, in "
            + "files that whoever reads them can use. For development unset ASPNETCORE_ENVIRONMENT and DOTNET_ENVIRONMENT, or set "
            + "ASPNETCORE_ENVIRONMENT=Development. See SECURITY.md.");
    }

    private static string? Said(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } name ? name : null;
}
