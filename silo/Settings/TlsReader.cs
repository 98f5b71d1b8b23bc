namespace CrossBorderSoc.Silo.Settings;

/// <summary>Reads <c>Tls</c>: nothing of it, or all four files.</summary>
internal static class TlsReader
{
    public const string Section = "Tls";
    public const string CertificateKey = "Certificate";
    public const string KeyKey = "Key";
    public const string AuthorityKey = "Authority";
    public const string RevokedKey = "Revoked";
    private const string ClientsKey = "Clients";

    public static TlsSettings? Read(IConfiguration configuration, List<string> errors)
    {
        var tls = new SettingsSection(configuration, Section, errors, CertificateKey, KeyKey, AuthorityKey, RevokedKey, ClientsKey);
        if (!tls.Children.Any()) return null;
        var clients = NodeSettingsReader.ReadHomes(tls, ClientsKey);
        if (clients.IsEmpty) tls.Refuse(ClientsKey, "names no home, so nobody could call; leave it out to admit clients of every home");
        return new(
            File(tls, CertificateKey), File(tls, KeyKey), File(tls, AuthorityKey), File(tls, RevokedKey), clients);
    }

    private static string File(SettingsSection tls, string key)
    {
        if (tls.Text(key) is { } path) return Path.GetFullPath(path);
        tls.Refuse(key, $"is missing: {Section} needs {CertificateKey}, {KeyKey}, {AuthorityKey} and {RevokedKey}, each a PEM file");
        return "";
    }
}
