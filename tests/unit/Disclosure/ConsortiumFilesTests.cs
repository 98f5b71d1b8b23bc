using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Sightings;
using CrossBorderSoc.Grains.Consortium;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Disclosure;

public class ConsortiumFilesTests
{
    private const string Orgs = """
        [{"id":"a","jurisdiction":"BE","kind":"csirt","communities":["x"],"clients":["b"]},
         {"id":"b","jurisdiction":"EU","kind":"eu-body","clients":["a"],"default_pap":"red"}]
        """;
    private const string Agreement = """
        {"id":"g","provider":"community:x","consumer":"b","level":"full","max_tlp":"amber+strict","types":["file:md5"],
         "kinds":["expiration","positive"],"valid_from":"2026-01-01T00:00:00Z",
         "valid_until":"2026-01-01T02:00:00+01:00"}
        """;

    [Fact]
    public void Read_TheRealConsortium_Loads()
    {
        var read = ConsortiumFiles.Read(SharedData.FolderOrSkip("cross-border-2026"));
        (read.Organisations.Length, read.Agreements.Length).ShouldBe((139, 88));
        PolicyHistory.Empty.Append(read.Organisations, read.Agreements).Number.ShouldBe(1);
    }

    [Fact]
    public void Read_OptionalFields_HaveTheirMeaning()
    {
        var read = Read(Orgs, $"[{Agreement}]");
        read.Organisations.Select(o => o.DefaultPap).ShouldBe([Pap.Amber, Pap.Red]);
        var agreement = read.Agreements.Single();
        (agreement.ValidUntil - agreement.ValidFrom).ShouldBe(Samples.Hour);
        agreement.Provider.ShouldBe(Party.Community("x"));
        agreement.Kinds.ShouldBe([SightingKind.Positive, SightingKind.Expiration]);
        agreement.Revoked.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"BE\"", "\"GB\"", "entry 0 ('a'): 'jurisdiction'")]
    [InlineData("\"id\":\"b\"", "\"id\":\"a\"", "entry 1 ('a'): 'id': is there twice")]
    [InlineData("\"id\":\"b\"", "\"id\":\"B\"", "entry 1 ('B'): 'id'")]
    [InlineData("\"id\":\"b\"", "\"id\":\".x\"", "entry 1 ('.x'): 'id': '.x' is no identifier of an organisation")]
    [InlineData("\"id\":\"b\"", "\"id\":\"-x\"", "entry 1 ('-x'): 'id': '-x' is no identifier of an organisation")]
    [InlineData("[\"b\"]", "[\"_b\"]", "entry 0 ('a'): 'clients': '_b' is no identifier of an organisation")]
    [InlineData("[\"b\"]", "[\"c\"]", "entry 0 ('a'): 'clients': 'c'")]
    [InlineData("[\"b\"]", "[\"a\"]", "entry 0 ('a'): 'clients': an organisation cannot be its own client")]
    [InlineData("[\"b\"]", "[\"b\",\"b\"]", "entry 0 ('a'): 'clients': names 'b' twice")]
    [InlineData("[\"b\"]", "7", "entry 0 ('a'): 'clients': has to be a list")]
    [InlineData("\"csirt\"", "\"club\"", "entry 0 ('a'): 'kind'")]
    [InlineData("\"csirt\"", "null", "entry 0 ('a'): 'kind'")]
    [InlineData("\"default_pap\"", "\"pap\"", "entry 1 ('b'): 'pap': is not a known field")]
    [InlineData("[{", "[5,{", "entry 0 (without id)")]
    [InlineData("[{", "{", "organisations.json: ")]
    [InlineData("\"id\":\"a\"", "\"id\":\"a\",\"id\":\"a\"", "organisations.json: ")]
    public void Read_BadOrganisation_NamesFileEntryAndField(string good, string bad, string error) =>
        Errors(Orgs.Replace(good, bad, StringComparison.Ordinal), "[]")
            .ShouldContain(e => e.StartsWith("organisations.json: ", StringComparison.Ordinal) && e.Contains(error));

    [Theory]
    [InlineData("community:x", "community:y", "'provider': nobody belongs to community 'y'")]
    [InlineData("\"consumer\":\"b\"", "\"consumer\":\"c\"", "'consumer': 'c'")]
    [InlineData("\"consumer\":\"b\"", "\"consumer\":\".b\"", "'consumer': '.b' is no identifier of an organisation")]
    [InlineData("\"full\"", "\"none\"", "'level'")]
    [InlineData("amber+strict", "red", "'max_tlp'")]
    [InlineData("file:md5", "file:md6", "'types'")]
    [InlineData("expiration", "rumour", "'kinds'")]
    [InlineData("02:00:00+01:00", "00:00:00Z", "'valid_until': has to be after")]
    [InlineData("02:00:00+01:00", "02:00:00", "'valid_until': has to be an instant")]
    [InlineData("\"level\"", "\"revoked\":\"no\",\"level\"", "'revoked'")]
    public void Read_BadAgreement_NamesFileEntryAndField(string good, string bad, string error) =>
        Errors(Orgs, $"[{Agreement.Replace(good, bad, StringComparison.Ordinal)}]")
            .ShouldContain(e => e.StartsWith("agreements.json: entry 0 ('g'): " + error, StringComparison.Ordinal));

    [Theory]
    [InlineData('x', 256, true)]
    [InlineData('x', 257, false)]
    [InlineData('\u00e9', 128, true)]
    [InlineData('\u00e9', 129, false)]
    public void Read_Name_IsBoundedInBytes(char letter, int letters, bool isGood)
    {
        var named = Orgs.Replace("\"kind\":\"csirt\"", $"\"kind\":\"csirt\",\"name\":\"{new string(letter, letters)}\"", StringComparison.Ordinal);
        if (isGood) Read(named, "[]").Organisations[0].Name.Length.ShouldBe(letters);
        else Errors(named, "[]").ShouldBe(["organisations.json: entry 0 ('a'): 'name': has to be of at most 256 bytes of UTF-8"]);
    }

    [Fact]
    public void Read_ManyErrors_AllOfThemUpToTheBound()
    {
        Errors("[{},{}]", "[{}]").Count.ShouldBe(12);
        Errors($"[{string.Join(',', Enumerable.Repeat("{}", 500))}]", "[]").Count.ShouldBe(
            ConsortiumInvalidException.ErrorsMax);
    }

    [Fact]
    public void Read_MissingFiles_NamesBoth()
    {
        var errors = Should.Throw<ConsortiumInvalidException>(() => ConsortiumFiles.Read("/nowhere")).Errors;
        errors.Select(e => e.Split(':')[0]).ShouldBe(
            [ConsortiumFiles.OrganisationsFile, ConsortiumFiles.AgreementsFile]);
    }

    private static IReadOnlyList<string> Errors(string organisations, string agreements) =>
        Should.Throw<ConsortiumInvalidException>(() => Read(organisations, agreements)).Errors;

    private static ConsortiumContent Read(string organisations, string agreements)
    {
        var folder = Directory.CreateTempSubdirectory("consortium");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, ConsortiumFiles.OrganisationsFile), organisations);
            File.WriteAllText(Path.Combine(folder.FullName, ConsortiumFiles.AgreementsFile), agreements);
            return ConsortiumFiles.Read(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
