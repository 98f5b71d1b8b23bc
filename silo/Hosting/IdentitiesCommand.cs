using System.CommandLine;
using System.Security.Cryptography;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary><c>identities give</c>: the development identities of a node of several.</summary>
internal static class IdentitiesCommand
{
    public static Command Create()
    {
        var from = Needed("--from", "The grid's directory of identities; what is missing there is made.");
        var to = Needed("--to", "The node's directory of identities: DATA/dev, or its Identity:Directory.");
        var homes = Needed("--homes", "What the node carries, such as hub,EU; none for a pure gateway.");
        homes.Validators.Add(result =>
        {
            foreach (var code in Codes(result.GetValueOrDefault<string>()))
                if (NodeSettingsReader.HomeOf(code) is null) result.AddError("--homes: " + NodeSettingsReader.NoHome(code) + ".");
        });
        var give = new Command("give", "Copies to a node what its homes need of the grid's development identities, and nothing more.")
        {
            from, to, homes,
        };
        give.SetAction(parsed => Give(parsed.GetValue(from)!, parsed.GetValue(to)!, Codes(parsed.GetValue(homes))));
        return new Command("identities", "Development identities.") { give };
    }

    private static Option<string> Needed(string name, string description) => new(name) { Description = description, Required = true };

    private static int Give(string from, string to, string[] codes)
    {
        try
        {
            NodeEnvironment.RequireDevelopment();
            var homes = codes.Select(code => NodeSettingsReader.HomeOf(code)!.Value).ToHashSet();
            foreach (var file in IdentityGift.Give(from, to, homes, NodeSettings.AllHomes)) Console.WriteLine(file);
            return 0;
        }
        catch (Exception e) when (e is StartRefusedException or IOException or UnauthorizedAccessException or InvalidDataException
            or CryptographicException)
        {
            Console.Error.WriteLine("Nothing is given: " + e.Message);
            return 1;
        }
    }

    private static string[] Codes(string? text) => text is null or "" or "none" ? [] : text.Split(',');
}
