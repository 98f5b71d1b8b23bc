using System.Text.RegularExpressions;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Gateway.Containment;
using CrossBorderSoc.Tests.Model.Containment;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Containment;

public sealed partial class PublicSuffixesTests(ITestOutputHelper output)
{
    private static string DataFile => Path.Combine(AppContext.BaseDirectory, "Containment", "Data", "public_suffix_list.dat");

    [Fact]
    public void RegistrableDomain_OfTheListsOwnCases_IsAsExpected()
    {
        var slow = new SuffixList(DataFile);
        var cases = 0;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.FolderOrSkip("public-suffix"), "test_psl.txt")))
        {
            if (Case().Match(line) is not { Success: true } one) continue;
            // What has no canonical name has no registrable domain.
            var given = Name(one.Groups["given"].Value);
            var found = given is null ? null : PublicSuffixes.Shipped.RegistrableDomain(given);
            found.ShouldBe(one.Groups["none"].Success ? null : Name(one.Groups["expected"].Value), line);
            if (given is not null) slow.RegistrableDomain(given).ShouldBe(found, "the model: " + line);
            cases++;
        }
        output.WriteLine($"{cases} cases");
        cases.ShouldBeGreaterThan(70);
    }

    [Fact]
    public void Shipped_List_IsUnmodified()
    {
        var real = Path.Combine(SharedData.FolderOrSkip("public-suffix"), "public_suffix_list.dat");
        if (!File.Exists(real)) Assert.Skip("no public_suffix_list.dat under ../shared/data");
        File.ReadAllBytes(DataFile).ShouldBe(File.ReadAllBytes(real));
    }

    [Fact]
    public void Rule_ThatIsNoName_IsRefusedWithItsLine() =>
        Should.Throw<InvalidDataException>(() => PublicSuffixes.Read(new StringReader("// a comment\ncom and more\n\n*.b@d\n")))
            .Message.ShouldContain("line 4");

    private static string? Name(string text) =>
        ObservableParser.TryParse(ObservableType.DomainName, text, out var name, out _) ? name.Text : null;

    [GeneratedRegex(@"^checkPublicSuffix\('(?<given>[^']+)', ((?<none>null)|'(?<expected>[^']+)')\);", RegexOptions.ExplicitCapture)]
    private static partial Regex Case();
}
