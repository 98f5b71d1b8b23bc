using System.CommandLine;
using System.Security.Cryptography;
using CrossBorderSoc.Grains.Consortium;
using CrossBorderSoc.Silo.Identity;
using CrossBorderSoc.Silo.Settings;

namespace CrossBorderSoc.Silo.Hosting;

/// <summary><c>identities give</c> and <c>identities tokens</c>: the development identities of a grid of several nodes.</summary>
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
        return new Command("identities", "Development identities.") { give, CreateTokens() };
    }

    private static Command CreateTokens()
    {
        var from = Needed("--from", "The grid's directory of identities; what is missing there is made.");
        var consortium = Needed("--consortium", "Directory with organisations.json and agreements.json.");
        var tokens = new Command("tokens", "Writes a token of each organisation into the grid's directory: then no node needs the issuer's key.")
        {
            from, consortium,
        };
        tokens.SetAction(parsed => WriteTokens(parsed.GetValue(from)!, parsed.GetValue(consortium)!));
        return tokens;
    }

    private static Option<string> Needed(string name, string description) => new(name) { Description = description, Required = true };

    private static int Give(string from, string to, string[] codes) => Try("Nothing is given: ", () =>
    {
        var homes = codes.Select(code => NodeSettingsReader.HomeOf(code)!.Value).ToHashSet();
        foreach (var file in IdentityGift.Give(from, to, homes, NodeSettings.AllHomes)) Console.WriteLine(file);
    });

    private static int WriteTokens(string from, string consortium) => Try("No token is written: ", () =>
    {
        var organisations = ConsortiumFiles.Read(consortium).Organisations;
        using var identities = DevelopmentIdentities.Make(from, NodeSettings.AllHomes, TimeProvider.System);
        identities.WriteTokens(organisations.Select(organisation => organisation.Id));
        Console.WriteLine($"{organisations.Length} tokens in {Path.Combine(from, "tokens")}");
    });

    private static int Try(string refusal, Action act)
    {
        try
        {
            NodeEnvironment.RequireDevelopment();
            act();
            return 0;
        }
        catch (Exception e) when (e is StartRefusedException or ConsortiumInvalidException or IOException or UnauthorizedAccessException
            or InvalidDataException or CryptographicException)
        {
            Console.Error.WriteLine(refusal + e.Message);
            return 1;
        }
    }

    private static string[] Codes(string? text) => text is null or "" or "none" ? [] : text.Split(',');
}
