using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Grains.Placement;
using CrossBorderSoc.Silo.Peers;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Tests.Cluster.Peers;

/// <summary>An authority of eng/dev-ca.sh in a folder of its own.</summary>
internal sealed class DevelopmentAuthority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("socgrid-ca-").FullName;

    public DevelopmentAuthority() => Run([]);

    /// <summary>Issues a node's certificate and key into a folder; a second time replaces them.</summary>
    public X509Certificate2 Node(string name, string homes, string to, params (string Key, string Value)[] environment)
    {
        Run(["node", name, homes, At(to)], environment);
        return X509Certificate2.CreateFromPemFile(Path.Combine(At(to), "node.pem"), Path.Combine(At(to), "node.key"));
    }

    /// <summary>Issues the certificate of a client of gRPC and HTTP.</summary>
    public X509Certificate2 Client(string name, string homes)
    {
        Run(["client", name, homes, At(name)]);
        return X509Certificate2.CreateFromPemFile(Path.Combine(At(name), "client.pem"), Path.Combine(At(name), "client.key"));
    }

    /// <summary>Takes back what was issued into a folder.</summary>
    public void Revoke(string issued) => Run(["revoke", Path.Combine(At(issued), "node.pem")]);

    /// <summary>The certificates of a node, whose files are below a folder.</summary>
    public NodeCertificates Certificates(string name, string homes, string from, params string[] clients) => new(
        new(Path.Combine(At(from), "node.pem"), Path.Combine(At(from), "node.key"), At("ca.pem"), At("revoked.pem"),
            [.. clients.Select(code => new Home(code))]),
        CarriedHomes.SiloName(homes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code => new Home(code)), name), TimeProvider.System);

    /// <summary>Issues a node's certificate, and gives it as the node would read it.</summary>
    public NodeCertificates Issue(string name, string homes, params string[] clients)
    {
        Node(name, homes.Length == 0 ? "none" : homes, name).Dispose();
        return Certificates(name, homes, name, clients);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private void Run(string[] arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Script(), _folder, .. arguments]) { RedirectStandardError = true };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"dev-ca.sh ended with {process.ExitCode}: {said}");
    }

    private static string Script()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "eng", "dev-ca.sh") is var script && File.Exists(script)) return script;
        throw new InvalidOperationException("eng/dev-ca.sh is not above the tests.");
    }
}
