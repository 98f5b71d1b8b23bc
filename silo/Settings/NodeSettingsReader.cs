using System.Collections.Immutable;
using CrossBorderSoc.Contracts;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Silo.Hosting;

namespace CrossBorderSoc.Silo.Settings;

/// <summary>Reads <c>Node</c>, <c>Cluster</c>, <c>Stores</c>, <c>Tls</c> and <c>Identity</c> (docs/operate.md).</summary>
internal static class NodeSettingsReader
{
    private const string NameKey = "Name";
    private const string HomesKey = "Homes";
    private const string DirectoryKey = "Directory";

    /// <summary>The text that stands for no home.</summary>
    private const string None = "none";

    /// <summary>Reads and checks all of it.</summary>
    /// <param name="configuration">The node's configuration.</param>
    /// <param name="data">The data directory, a full path: where is what is told no place.</param>
    /// <exception cref="StartRefusedException">Something is wrong; names each key, with the reason.</exception>
    public static NodeSettings Read(IConfiguration configuration, string data)
    {
        var errors = new List<string>();
        var node = new SettingsSection(configuration, "Node", errors, NameKey, HomesKey);
        var identity = new SettingsSection(configuration, "Identity", errors, DirectoryKey);
        var (name, homes) = (ReadName(node), ReadHomes(node, HomesKey));
        var tls = TlsReader.Read(configuration, errors);
        var settings = new NodeSettings
        {
            Name = name,
            Homes = homes,
            Cluster = ClusterReader.Read(configuration, errors, isProven: tls is not null),
            Tls = tls,
            Stores = StoresReader.Read(configuration, homes, data, errors),
            Identities = Path.GetFullPath(identity.Text(DirectoryKey) ?? NodeSettings.DefaultIdentities(data)),
        };
        if (errors.Count == 0 && settings.Cluster.Membership == Membership.Single && !settings.CarriesHub)
            node.Refuse(HomesKey, "a node alone (Cluster:Membership single) carries the hub, since no other can");
        return errors.Count == 0 ? settings : throw new StartRefusedException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>A home by its code, or null.</summary>
    public static Home? HomeOf(string code) =>
        code == Home.Hub.Code || Jurisdictions.IsKnown(code) ? new Home(code) : null;

    /// <summary>What is wrong with a code.</summary>
    public static string NoHome(string code) => $"'{code}' is no home: hub, EU, or the code of a Member State such as BE (GR for Greece)";

    private static string ReadName(SettingsSection node)
    {
        var name = node.Text(NameKey) ?? NodeSettings.DefaultName;
        if (!IsName(name)) node.Refuse(NameKey, $"'{name}' is not 1 to 63 characters of a-z, 0-9 and -, the first no -");
        return name;
    }

    /// <summary>The homes of a key, a list or a text; every home when nothing is said of it.</summary>
    public static ImmutableArray<Home> ReadHomes(SettingsSection section, string key)
    {
        if (!section.Says(key)) return NodeSettings.AllHomes;
        var listed = section.Below(key).GetChildren().ToList();
        var text = section.Below(key).Value ?? "";
        if (listed.Count == 0)
            return text.Trim() is "" or None ? [] : Checked(section, key, text.Split(',').Index().Select(c => (c.Index, c.Item.Trim())));
        if (text.Length > 0) section.Refuse(key, "is a text in one place and a list in another; say it in one");
        return Checked(section, key, listed.Index().Select(home => (home.Index, home.Item.Value ?? "")));
    }

    private static ImmutableArray<Home> Checked(SettingsSection section, string key, IEnumerable<(int Index, string Code)> codes)
    {
        var homes = new HashSet<Home>();
        foreach (var (index, code) in codes)
            if (HomeOf(code) is not { } home) section.Refuse($"{key}[{index}]", NoHome(code));
            else if (!homes.Add(home)) section.Refuse($"{key}[{index}]", $"{home} is there twice");
        return [.. NodeSettings.AllHomes.Where(homes.Contains)];
    }

    private static bool IsName(string text) =>
        text.Length <= 63 && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
